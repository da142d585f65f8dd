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
 * @param deleting whether its deletion has begun
 */
public record StoredGraph(
    String id, int lsi, Version wanted, Optional<Version> earlier, boolean deleting) {

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
