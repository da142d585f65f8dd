package org.universalnode.node.store;

import java.util.Map;

/**
 * A graph as it is remembered.
 *
 * @param lsi number of its LSI, which no other graph has
 * @param document the graph in canonical form
 * @param placements implementations chosen for its functions, by function id
 * @param deleting whether its deletion has begun
 */
public record StoredGraph(
    String id, int lsi, String document, Map<String, Placement> placements, boolean deleting) {

  public StoredGraph {
    placements = Map.copyOf(placements);
  }

  StoredGraph asDeleting() {
    return new StoredGraph(id, lsi, document, placements, true);
  }
}
