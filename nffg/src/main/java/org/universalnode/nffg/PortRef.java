package org.universalnode.nffg;

import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/** A port of the big switch, as rules name it: a function's port or an end-point. */
public sealed interface PortRef {

  /** {@code vnf:<function>:<label>:<n>}. */
  record OfFunction(String function, PortLabel port) implements PortRef {
    public OfFunction {
      Identifier.id(function);
    }

    @Override
    public String toString() {
      return "vnf:" + function + ":" + port;
    }
  }

  /** {@code endpoint:<end-point>}. */
  record OfEndPoint(String endPoint) implements PortRef {
    public OfEndPoint {
      Identifier.id(endPoint);
    }

    @Override
    public String toString() {
      return "endpoint:" + endPoint;
    }
  }

  /**
   * Reads one of the two forms.
   *
   * @throws ProblemException if it is written otherwise
   */
  static PortRef parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length == 4 && parts[0].equals("vnf")) {
      return new OfFunction(parts[1], PortLabel.parse(parts[2] + ":" + parts[3]));
    }
    if (parts.length == 2 && parts[0].equals("endpoint")) {
      return new OfEndPoint(parts[1]);
    }
    throw Invalid.because(
        JsonText.quoted(text) + " names no port",
        "write vnf:<function id>:<label>:<n> or endpoint:<end-point id>");
  }
}
