package org.universalnode.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in aligned columns two spaces apart. */
final class Table {
  private static final int GAP = 2;

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    this.headings = List.of(headings);
  }

  /** Adds a row, as many cells as there are headings; an empty cell is shown as "-". */
  void row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells under " + headings);
    }
    List<String> row = new ArrayList<>(cells.length);
    for (String cell : cells) {
      row.add(cell.isEmpty() ? "-" : Printable.line(cell));
    }
    rows.add(row);
  }

  /** The lines, each ended by a line break; nothing at all if there is no row. */
  String shown(Paint paint) {
    if (rows.isEmpty()) {
      return "";
    }
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    text.append(paint.heading(aligned(headings, widths, new Paint(false)))).append('\n');
    for (List<String> row : rows) {
      text.append(aligned(row, widths, paint)).append('\n');
    }
    return text.toString();
  }

  private static String aligned(List<String> cells, int[] widths, Paint paint) {
    StringBuilder line = new StringBuilder();
    int missing = 0; // never written after the last cell
    for (int i = 0; i < widths.length; i++) {
      line.repeat(" ", missing).append(paint.word(cells.get(i)));
      missing = widths[i] - width(cells.get(i)) + GAP;
    }
    return line.toString();
  }

  private int[] widths() {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(headings.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return widths;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
