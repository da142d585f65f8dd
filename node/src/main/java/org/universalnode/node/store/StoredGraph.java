package org.universalnode.node.store;

import java.util.Map;
import java.util.Optional;

/**
 * A graph as it is remembered.
 *
 * @param lsi number of its LSI, which no other graph has
 * @param wanted as it is to be
 * @param earlier as it was, while a change of it is under way: what runs may be the one or the
 *     other
 * @param stage how far that change, or the graph's deletion, is
 */
public record StoredGraph(
    String id, int lsi, Version wanted, Optional<Version> earlier, Stage stage) {

  /** What of a graph's life was under way when it was written. */
  public enum Stage {
    /** Nothing, or a change that may still be taken back. */
    OPEN,
    /** A change of which frames go the new way already: what is left to do is to tidy up. */
    SWITCHED,
    /** Its deletion. */
    DELETING
  }

  /**
   * What was asked for, and what was chosen for it.
   *
   * @param document the graph in canonical form
   * @param placements implementations chosen for its functions, by function id
   */
  public record Version(String document, Map<String, Placement> placements) {
    public Version {
      placements = Map.copyOf(placements);
    }
  }
}
