package org.universalnode.cli;

/**
 * Text of others made safe to show: a name or a log must not be able to steer the terminal. Control
 * characters are shown as JSON writes them.
 */
final class Printable {
  private Printable() {}

  /** For one line: every control character is shown. */
  static String line(String text) {
    return shown(text, "");
  }

  /** For a text: line breaks and tabs stay. */
  static String text(String text) {
    return shown(text, "\n\t");
  }

  private static String shown(String text, String kept) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isISOControl(character) && kept.indexOf(character) < 0) {
        String hexadecimal = Integer.toHexString(character);
        shown.append("\\u").repeat("0", 4 - hexadecimal.length()).append(hexadecimal);
      } else {
        shown.append(character);
      }
    }
    return shown.toString();
  }
}
