package org.universalnode.catalog;

import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** The rules for texts of a template: they end up in tables, logs and messages. */
final class PrintableText {
  private static final int NAME_CHARACTERS = 128;
  private static final int DESCRIPTION_CHARACTERS = 1_000;

  private PrintableText() {}

  static String name(String text) {
    if (text.isBlank()) {
      throw Problem.of(Code.INVALID_DOCUMENT, "the text is empty").next("write one").asException();
    }
    return checked(text, NAME_CHARACTERS);
  }

  static String description(String text) {
    return checked(text, DESCRIPTION_CHARACTERS);
  }

  private static String checked(String text, int characters) {
    if (text.length() > characters) {
      throw Problem.of(Code.LIMIT, JsonText.quoted(text) + " has " + text.length() + " characters")
          .next("use at most " + characters)
          .asException();
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw Problem.of(Code.INVALID_DOCUMENT, JsonText.quoted(text) + " holds a control character")
          .next("use printable characters only")
          .asException();
    }
    return text;
  }
}
