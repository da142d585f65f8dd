package org.universalnode.compute;

/** The instance of a function of a graph on this node. */
public record InstanceId(String graph, String function) {
  @Override
  public String toString() {
    return graph + "/" + function;
  }
}
