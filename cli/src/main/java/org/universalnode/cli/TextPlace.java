package org.universalnode.cli;

import org.universalnode.problem.Place;

/** From a character's offset in a text to the place that an editor shows. */
final class TextPlace {
  private TextPlace() {}

  /** The place of the character at {@code offset}, which may be the end of the text. */
  static Place of(String text, int offset) {
    int line = 1;
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', start)) {
      start = end + 1;
      line++;
    }
    return new Place(line, 1 + text.codePointCount(start, offset));
  }

  /** The place where two texts begin to differ; they must not be equal. */
  static Place ofDifference(String text, String other) {
    int offset = 0;
    int shorter = Math.min(text.length(), other.length());
    while (offset < shorter && text.charAt(offset) == other.charAt(offset)) {
      offset++;
    }
    return of(text, offset);
  }
}
