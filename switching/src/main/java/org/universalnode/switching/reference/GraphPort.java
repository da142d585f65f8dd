package org.universalnode.switching.reference;

import org.universalnode.switching.PortName;

/** A port of one of the two LSIs that a compiled graph has rules for. */
public record GraphPort(Lsi lsi, PortName name) {

  /** One of the two. */
  public enum Lsi {
    /** LSI-0. */
    BASE,
    /** The graph's own. */
    GRAPH;

    Lsi other() {
      return this == BASE ? GRAPH : BASE;
    }
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
