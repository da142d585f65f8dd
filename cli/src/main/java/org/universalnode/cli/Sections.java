package org.universalnode.cli;

/** A page for a person: facts and tables with an empty line between them. */
final class Sections {
  private Sections() {}

  /** Joins sections, each ended by a line break; empty ones are left out. */
  static String joined(String... sections) {
    StringBuilder page = new StringBuilder();
    for (String section : sections) {
      if (!section.isEmpty()) {
        page.append(page.isEmpty() ? "" : "\n").append(section);
      }
    }
    return page.toString();
  }

  /** A line such as {@code name: edge}; nothing at all if there is no text. */
  static String fact(String label, String text, Paint paint) {
    return text.isEmpty() ? "" : label + ": " + paint.word(Printable.line(text)) + "\n";
  }
}
