package org.universalnode.node.simulation;

import java.util.List;
import java.util.TreeMap;
import org.universalnode.node.store.GraphStore;
import org.universalnode.node.store.StoredGraph;
import org.universalnode.problem.Problem;

/** A store that outlives the node, and whose disk may be full for a while. */
final class MemoryStore implements GraphStore {
  private final TreeMap<String, StoredGraph> graphs = new TreeMap<>();
  private int writesToFailure;
  private boolean struck;

  /** There is room from now on. */
  void clear() {
    writesToFailure = 0;
  }

  /** The n-th change from now fails, counted from one. */
  void fill(int write) {
    writesToFailure = write;
    struck = false;
  }

  /** Whether a change has failed since. */
  boolean hasStruck() {
    return struck;
  }

  @Override
  public void save(StoredGraph graph) {
    requireRoom();
    graphs.put(graph.id(), graph);
  }

  @Override
  public void remove(String id) {
    requireRoom();
    graphs.remove(id);
  }

  @Override
  public List<StoredGraph> all() {
    return List.copyOf(graphs.values());
  }

  @Override
  public void close() {}

  private void requireRoom() {
    if (writesToFailure > 0 && --writesToFailure == 0) {
      struck = true;
      throw Problem.of(Problem.Code.INTERNAL, "the simulation's disk is full")
          .next("expect it")
          .asException();
    }
  }
}
