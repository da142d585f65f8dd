package org.universalnode.nffg;

import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** The rules for ids and names, both of which end up in commands, logs and kernel objects. */
final class Identifier {
  static final int ID_CHARACTERS = 128;
  static final int NAME_CHARACTERS = 256;

  private Identifier() {}

  /**
   * The id of a function, end-point or rule, or the label of a port: one to 128 characters. A colon
   * would make port references ambiguous.
   *
   * @throws ProblemException if it is none
   */
  static String id(String text) {
    if (text.isEmpty()) {
      throw Invalid.because("an id is empty", "write an id");
    }
    if (text.indexOf(':') >= 0) {
      throw Invalid.because(
          "the id " + JsonText.quoted(text) + " holds a colon", "use another character");
    }
    return printable(text, ID_CHARACTERS);
  }

  /** A name, possibly empty, of at most 256 characters. */
  static String name(String text) {
    return printable(text, NAME_CHARACTERS);
  }

  private static String printable(String text, int characters) {
    if (text.length() > characters) {
      throw Problem.of(Code.LIMIT, JsonText.quoted(text) + " has " + text.length() + " characters")
          .next("use at most " + characters)
          .asException();
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw Invalid.because(
          JsonText.quoted(text) + " holds a control character", "use printable characters only");
    }
    return text;
  }
}
