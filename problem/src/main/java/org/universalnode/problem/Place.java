package org.universalnode.problem;

/**
 * A place in a text, as editors count: from 1, columns in characters.
 *
 * @param line 0 if the place is not known
 * @param column 0 if the place is not known
 */
public record Place(int line, int column) {
  public static final Place UNKNOWN = new Place(0, 0);

  public boolean isKnown() {
    return line > 0;
  }

  @Override
  public String toString() {
    return isKnown() ? "line " + line + ", column " + column : "";
  }
}
