package org.universalnode.nffg;

import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * A variable in the environment of a function's processes.
 *
 * @param name letters, digits and underscores, no digit first
 * @param value any text without NUL, of at most {@value #VALUE_CHARACTERS} characters
 */
public record EnvironmentVariable(String name, String value) {
  static final int VALUE_CHARACTERS = 4096;

  public EnvironmentVariable {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,127}")) {
      throw Invalid.because(
          JsonText.quoted(name) + " is no name of a variable",
          "use letters, digits and underscores");
    }
    if (value.indexOf('\0') >= 0) {
      throw Invalid.because("the value of " + name + " holds a NUL character", "remove it");
    }
    if (value.length() > VALUE_CHARACTERS) {
      throw Problem.of(Code.LIMIT, "the value of " + name + " is too long")
          .next("use at most " + VALUE_CHARACTERS + " characters")
          .asException();
    }
  }

  /**
   * Reads {@code name=value}.
   *
   * @throws ProblemException if it is written otherwise
   */
  static EnvironmentVariable parse(String text) {
    int sign = text.indexOf('=');
    if (sign < 0) {
      throw Invalid.because(
          JsonText.quoted(text) + " sets no variable", "write it like NAME=value");
    }
    return new EnvironmentVariable(text.substring(0, sign), text.substring(sign + 1));
  }

  /** {@code name=value}. */
  @Override
  public String toString() {
    return name + "=" + value;
  }
}
