package org.universalnode.catalog;

import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * The version of a function: one to four numbers of up to nine digits, without needless zeros, with
 * dots between them. A missing number counts as 0, so 1.0 is neither older nor newer than 1.
 */
public record FunctionVersion(String text) {
  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final Pattern DOTTED = Pattern.compile(NUMBER + "(\\." + NUMBER + "){0,3}");
  private static final int NUMBERS = 4;

  /** Of a template that says none. */
  public static final FunctionVersion NONE = new FunctionVersion("0");

  static final Comparator<FunctionVersion> NEWEST_FIRST =
      (one, other) -> Arrays.compare(other.numbers(), one.numbers());

  /**
   * Takes a text that is a version.
   *
   * @throws org.universalnode.problem.ProblemException with INVALID_DOCUMENT if it is none
   */
  public FunctionVersion {
    if (!DOTTED.matcher(text).matches()) {
      throw Problem.of(Code.INVALID_DOCUMENT, JsonText.quoted(text) + " is no version")
          .next("write one to four numbers with dots between them, such as 1.2.0")
          .asException();
    }
  }

  public boolean isOlderThan(FunctionVersion other) {
    return Arrays.compare(numbers(), other.numbers()) < 0;
  }

  public boolean isNewerThan(FunctionVersion other) {
    return other.isOlderThan(this);
  }

  private int[] numbers() {
    int[] given = Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).toArray();
    return Arrays.copyOf(given, NUMBERS);
  }

  @Override
  public String toString() {
    return text;
  }
}
