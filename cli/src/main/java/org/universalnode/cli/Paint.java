package org.universalnode.cli;

import java.util.Map;
import java.util.Set;

/**
 * Colour for a person's eyes.
 *
 * @param on false leaves every text as it is
 */
record Paint(boolean on) {
  private static final Set<String> GOOD = Set.of("running", "active", "complete", "yes", "ok");
  private static final Set<String> BAD = Set.of("error", "failed", "stopped", "no");

  private static final String BOLD = "\u001b[1m";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  /** On for a terminal, unless NO_COLOR is set (no-color.org). */
  static Paint of(Terminal terminal, Map<String, String> environment) {
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Paint(terminal.interactive() && !refused);
  }

  String heading(String text) {
    return painted(BOLD, text);
  }

  /** Green or red if the text is a word that says something is well or not; else unchanged. */
  String word(String text) {
    if (GOOD.contains(text)) {
      return good(text);
    }
    return BAD.contains(text) ? bad(text) : text;
  }

  String good(String text) {
    return painted(GREEN, text);
  }

  String bad(String text) {
    return painted(RED, text);
  }

  String doubtful(String text) {
    return painted(YELLOW, text);
  }

  private String painted(String colour, String text) {
    return on ? colour + text + PLAIN : text;
  }
}
