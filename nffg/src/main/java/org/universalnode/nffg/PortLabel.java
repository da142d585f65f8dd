package org.universalnode.nffg;

import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/**
 * The id of a function's port, such as {@code inout:0}.
 *
 * @param label names a range of ports in the function's template
 * @param index counts from 0 inside that range
 */
public record PortLabel(String label, int index) implements Comparable<PortLabel> {
  private static final Pattern INDEX = Pattern.compile("\\d{1,5}");
  private static final int LAST = 65535;

  public PortLabel {
    Identifier.id(label);
    if (index < 0 || index > LAST) {
      throw Invalid.because("a port has the index " + index, "use 0 to " + LAST);
    }
  }

  /**
   * Reads {@code <label>:<n>}.
   *
   * @throws ProblemException if it is written otherwise
   */
  public static PortLabel parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || !INDEX.matcher(text.substring(colon + 1)).matches()) {
      throw Invalid.because(
          JsonText.quoted(text) + " is no port of a function",
          "write a label, a colon and a number, like inout:0");
    }
    return new PortLabel(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public int compareTo(PortLabel other) {
    int byLabel = label.compareTo(other.label);
    return byLabel == 0 ? Integer.compare(index, other.index) : byLabel;
  }

  @Override
  public String toString() {
    return label + ":" + index;
  }
}
