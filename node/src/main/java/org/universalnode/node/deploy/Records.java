package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.GraphWriter;
import org.universalnode.node.deploy.DesiredGraph.StoredIdentity;
import org.universalnode.node.store.GraphStore;
import org.universalnode.node.store.Placement;
import org.universalnode.node.store.StoredGraph;
import org.universalnode.problem.Problem;
import org.universalnode.switching.LsiId;

/**
 * What the node wants, where it outlives the node's process.
 *
 * @param machine tells this node from others on the same wire
 */
record Records(String machine, GraphStore store) {
  private static final System.Logger LOG = System.getLogger(Records.class.getName());

  /**
   * A graph that was wanted.
   *
   * @param deleting whether its end was wanted last
   */
  record Wish(DesiredGraph graph, boolean deleting) {}

  void save(DesiredGraph graph) {
    store.save(stored(graph));
  }

  void markDeleting(DesiredGraph graph) {
    store.markDeleting(stored(graph));
  }

  void remove(String id) {
    store.remove(id);
  }

  /**
   * All that can be read.
   *
   * @param lsis learns the numbers of those that can't, too
   */
  List<Wish> all(LsiNumbers lsis) {
    List<Wish> wishes = new ArrayList<>();
    for (StoredGraph stored : store.all()) {
      lsis.remember(stored.lsi());
      try {
        wishes.add(wish(stored));
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the stored graph {0} can''t be read; what ran of it is ended, the record stays: {1}",
            stored.id(),
            Problem.of(e));
      }
    }
    return wishes;
  }

  private Wish wish(StoredGraph stored) {
    StoredIdentity identity = new StoredIdentity(stored.id(), new LsiId(stored.lsi()));
    DesiredGraph graph =
        DesiredGraph.of(
            machine, identity, GraphReader.read(stored.document()), stored.placements());
    return new Wish(graph, stored.deleting());
  }

  private static StoredGraph stored(DesiredGraph graph) {
    Map<String, Placement> placements = new LinkedHashMap<>();
    graph.functions().forEach((id, placed) -> placements.put(id, placed.placement()));
    String document = GraphWriter.write(graph.graph());
    return new StoredGraph(graph.id(), graph.lsi().number(), document, placements, false);
  }
}
