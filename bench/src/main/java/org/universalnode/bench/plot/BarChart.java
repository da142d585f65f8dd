package org.universalnode.bench.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Horizontal bars with their spread and their budgets, as SVG.
 *
 * @param logarithmic for values of several orders of magnitude, which have to be above zero
 */
record BarChart(String title, String unit, boolean logarithmic, List<Bar> bars) {
  private static final int WIDTH = 860;
  private static final int LABELS = 330;
  private static final int SPACE = 410;
  private static final int TOP = 40;
  private static final int ROW = 22;
  private static final int THICKNESS = 12;
  private static final int MIDDLE = ROW / 2;
  private static final int BASELINE = 4;
  private static final int GAP = 8;
  private static final MathContext DIGITS = new MathContext(3);

  BarChart {
    bars = List.copyOf(bars);
  }

  String svg() {
    int height = TOP + ROW * bars.size() + GAP;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d"
          role="img" font-family="sans-serif" font-size="12">
        <title>%3$s</title>
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="%4$d" y="22" font-size="15" font-weight="bold" fill="#222">%3$s</text>
        """
            .formatted(WIDTH, height, escaped(heading()), GAP));
    for (int row = 0; row < bars.size(); row++) {
      svg.append(drawn(bars.get(row), TOP + ROW * row));
    }
    return svg.append("</svg>\n").toString();
  }

  private String heading() {
    return title + (unit.isEmpty() ? "" : ", " + unit) + (logarithmic ? " (logarithmic)" : "");
  }

  private String drawn(Bar bar, int y) {
    double end = at(bar.value());
    int middle = y + MIDDLE;
    StringBuilder row = new StringBuilder();
    row.append(text(LABELS - GAP, middle + BASELINE, "end", bar.label()));
    row.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"#3b7dbd\"/>\n"
            .formatted(LABELS, middle - THICKNESS / 2, tenths(end - LABELS), THICKNESS));
    row.append(line(at(bar.spread().least()), at(bar.spread().greatest()), middle));
    bar.limit().ifPresent(limit -> row.append(mark(at(limit), y)));
    double behind = DoubleStream.of(end, at(bar.spread().greatest())).max().orElseThrow();
    String limit =
        bar.limit().isPresent() ? " (budget " + number(bar.limit().getAsDouble()) + ")" : "";
    row.append(text(behind + GAP, middle + BASELINE, "start", number(bar.value()) + limit));
    return row.toString();
  }

  /** Where a value is. */
  private double at(double value) {
    return LABELS + SPACE * share(value);
  }

  private double share(double value) {
    double most = extremes().max().orElse(1);
    if (!logarithmic) {
      return most == 0 ? 0 : value / most;
    }
    double least = extremes().filter(each -> each > 0).min().orElse(1) / 2;
    return value <= least ? 0 : Math.log(value / least) / Math.log(most / least);
  }

  private DoubleStream extremes() {
    return bars.stream()
        .flatMapToDouble(
            bar ->
                DoubleStream.of(
                    bar.value(),
                    bar.spread().least(),
                    bar.spread().greatest(),
                    bar.limit().orElse(bar.value())));
  }

  private static String mark(double x, int y) {
    return "<line x1=\"%1$s\" y1=\"%2$d\" x2=\"%1$s\" y2=\"%3$d\" stroke=\"#c0392b\" stroke-width=\"2\"/>\n"
        .formatted(tenths(x), y + 1, y + ROW - 1);
  }

  private static String line(double from, double to, int y) {
    return "<line x1=\"%1$s\" y1=\"%3$d\" x2=\"%2$s\" y2=\"%3$d\" stroke=\"#222\"/>\n"
        .formatted(tenths(from), tenths(to), y);
  }

  private static String text(double x, int y, String anchor, String words) {
    return "<text x=\"%s\" y=\"%d\" text-anchor=\"%s\" fill=\"#222\">%s</text>\n"
        .formatted(tenths(x), y, anchor, escaped(words));
  }

  /** With a point in every language. */
  private static String tenths(double x) {
    return BigDecimal.valueOf(x).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }

  private static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
