package org.universalnode.catalog;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * A range of positions, as its template counts: from 0 or from 1.
 *
 * @param first at least 0
 * @param last not before the first; empty if there is no end
 */
public record Positions(int first, OptionalInt last) {
  /** No position is higher: graphs number the ports of a label up to this. */
  static final int HIGHEST = 65_535;

  private static final String NUMBER = "(0|[1-9][0-9]{0,4})";
  private static final Pattern WRITTEN = Pattern.compile(NUMBER + "(?:-(?:" + NUMBER + "|N))?");

  public Positions {
    if (first < 0 || Math.max(first, last.orElse(first)) > HIGHEST || last.orElse(first) < first) {
      throw new IllegalArgumentException("not a range: " + first + " to " + last);
    }
  }

  /**
   * Reads a published position: {@code a}, {@code a-b} or {@code a-N}.
   *
   * @throws ProblemException if it is written otherwise or ends before it begins
   */
  public static Positions parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      throw invalid(text, "is no range of ports");
    }
    int first = Integer.parseInt(matcher.group(1));
    OptionalInt last = last(text, first, matcher);
    if (last.orElse(first) < first) {
      throw invalid(text, "ends before it begins");
    }
    if (last.orElse(first) > HIGHEST) {
      throw invalid(text, "goes beyond " + HIGHEST);
    }
    return new Positions(first, last);
  }

  private static OptionalInt last(String text, int first, Matcher matcher) {
    if (text.endsWith("-N")) {
      return OptionalInt.empty();
    }
    String last = matcher.group(2);
    return OptionalInt.of(last == null ? first : Integer.parseInt(last));
  }

  private static ProblemException invalid(String text, String why) {
    return Problem.of(Code.INVALID_DOCUMENT, JsonText.quoted(text) + " " + why)
        .next("write a, a-b or a-N with a <= b <= " + HIGHEST)
        .asException();
  }

  /** How many they are. */
  int count() {
    return last.orElse(HIGHEST) - first + 1;
  }

  boolean overlap(Positions other) {
    return first <= other.last.orElse(HIGHEST) && other.first <= last.orElse(HIGHEST);
  }

  /** As templates write it: {@code 0-3}, or {@code 0-N} without an end. */
  @Override
  public String toString() {
    return first + "-" + (last.isPresent() ? String.valueOf(last.getAsInt()) : "N");
  }
}
