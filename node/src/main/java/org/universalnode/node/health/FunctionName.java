package org.universalnode.node.health;

/** A function of a graph, whichever of its instances runs. */
public record FunctionName(String graph, String function) {
  @Override
  public String toString() {
    return graph + "/" + function;
  }
}
