package org.universalnode.node.event;

/** Texts of events. */
final class Text {
  private static final int LONGEST = 1_000;
  private static final String MORE = "...";

  private Text() {}

  /** The text, or its beginning if it is too long to be kept. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - MORE.length()) + MORE;
  }
}
