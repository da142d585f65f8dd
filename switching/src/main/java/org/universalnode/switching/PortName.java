package org.universalnode.switching;

import org.universalnode.nffg.PortRef;

/** A port of an LSI before any driver made it: what the compiler writes rules with. */
public sealed interface PortName {

  /** An interface of the machine, in LSI-0. */
  record Physical(String interfaceName) implements PortName {
    @Override
    public String toString() {
      return interfaceName;
    }
  }

  /** A port of a function, in the graph's LSI. */
  record OfFunction(PortRef.OfFunction port) implements PortName {
    @Override
    public String toString() {
      return port.toString();
    }
  }

  /** An end of the virtual link that leads to {@code destination}, in both LSIs. */
  record Link(String destination) implements PortName {
    @Override
    public String toString() {
      return "link to " + destination;
    }
  }
}
