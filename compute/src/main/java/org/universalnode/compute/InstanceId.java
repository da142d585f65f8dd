package org.universalnode.compute;

/**
 * The instance of a function of a graph on this node.
 *
 * @param incarnation tells an instance from the one that takes its place: both are there until
 *     traffic has been switched over. Zero for the first
 */
public record InstanceId(String graph, String function, int incarnation) {
  public InstanceId {
    if (incarnation < 0) {
      throw new IllegalArgumentException("incarnations count from zero, not " + incarnation);
    }
  }

  /** The first one. */
  public InstanceId(String graph, String function) {
    this(graph, function, 0);
  }

  @Override
  public String toString() {
    return graph + "/" + function + (incarnation == 0 ? "" : "#" + incarnation);
  }
}
