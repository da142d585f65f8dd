package org.universalnode.catalog;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * The ports of a function that bear one label.
 *
 * @param label unique in its template
 * @param first position of its first port, as the template counts
 * @param last position of its last port; empty if there is no end
 * @param min fewest of them that a graph must connect
 * @param name prefix for the names of the interfaces
 */
public record PortRange(String label, int first, OptionalInt last, int min, String name) {
  /** No position is higher: graphs number the ports of a label up to this. */
  static final int HIGHEST = 65_535;

  private static final String NUMBER = "(0|[1-9][0-9]{0,4})";
  private static final Pattern POSITION = Pattern.compile(NUMBER + "(?:-(?:" + NUMBER + "|N))?");

  public PortRange {
    if (first < 0 || min < 0 || last.orElse(first) < first) {
      throw new IllegalArgumentException("not a range: " + first + " to " + last + ", min " + min);
    }
  }

  /**
   * Reads a published position: {@code a}, {@code a-b} or {@code a-N}.
   *
   * @throws ProblemException if it is written otherwise or ends before it begins
   */
  static PortRange parse(String position, String label, int min, String name) {
    Matcher matcher = POSITION.matcher(position);
    if (!matcher.matches()) {
      throw invalid(position);
    }
    int first = Integer.parseInt(matcher.group(1));
    OptionalInt last = last(position, first, matcher);
    if (Math.max(first, last.orElse(first)) > HIGHEST || last.orElse(first) < first) {
      throw invalid(position);
    }
    return new PortRange(label, first, last, min, name);
  }

  private static OptionalInt last(String position, int first, Matcher matcher) {
    if (position.endsWith("-N")) {
      return OptionalInt.empty();
    }
    String text = matcher.group(2);
    return OptionalInt.of(text == null ? first : Integer.parseInt(text));
  }

  private static ProblemException invalid(String position) {
    return Problem.of(Code.INVALID_DOCUMENT, JsonText.quoted(position) + " is no range of ports")
        .next("write a, a-b or a-N with a <= b <= " + HIGHEST)
        .asException();
  }

  /** As the template writes it: {@code 0-3}, or {@code 0-N} without an end. */
  public String position() {
    return first + "-" + (last.isPresent() ? String.valueOf(last.getAsInt()) : "N");
  }

  /** How many ports may bear the label. */
  int capacity() {
    return last.orElse(HIGHEST) - first + 1;
  }

  boolean overlaps(PortRange other) {
    return first <= other.last.orElse(HIGHEST) && other.first <= last.orElse(HIGHEST);
  }
}
