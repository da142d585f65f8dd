package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.GraphWriter;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.plan.DesiredGraph.StoredIdentity;
import org.universalnode.node.store.GraphStore;
import org.universalnode.node.store.Placement;
import org.universalnode.node.store.StoredGraph;
import org.universalnode.node.store.StoredGraph.Stage;
import org.universalnode.node.store.StoredGraph.Version;
import org.universalnode.problem.Problem;
import org.universalnode.switching.LsiId;

/**
 * What the node wants, where it outlives the node's process. What is to be made is written before
 * it is made, and what was there before stays written until the change is done.
 */
final class Records {
  private static final System.Logger LOG = System.getLogger(Records.class.getName());

  /**
   * A graph that was wanted.
   *
   * @param earlier what it was before a change that was under way
   * @param stage how far that change, or its deletion, was
   */
  record Wish(DesiredGraph graph, Optional<DesiredGraph> earlier, Stage stage) {}

  private final String machine;
  private final GraphStore store;
  private final Writing writing;

  Records(String machine, GraphStore store, Clockwork clockwork) {
    this.machine = machine;
    this.store = store;
    this.writing = new Writing(clockwork);
  }

  /** What tells this node from others on the same wire. */
  String machine() {
    return machine;
  }

  /** The graph is wanted as it is now, and no change of it is under way. */
  void save(DesiredGraph graph) {
    write(stored(graph, Optional.empty(), Stage.OPEN));
  }

  /** A change begins. */
  void begin(DesiredGraph before, DesiredGraph after) {
    write(stored(after, Optional.of(before), Stage.OPEN));
  }

  void markDeleting(DesiredGraph graph) {
    write(stored(graph, Optional.empty(), Stage.DELETING));
  }

  void remove(String id) {
    writing.write(id, () -> store.remove(id));
  }

  /** Like {@link #save}, of a graph that is so already: if need be it is written later. */
  void noteSaved(DesiredGraph graph) {
    note(stored(graph, Optional.empty(), Stage.OPEN));
  }

  /** Like {@link #begin}, if need be later. */
  void noteBegun(DesiredGraph before, DesiredGraph after) {
    note(stored(after, Optional.of(before), Stage.OPEN));
  }

  /** Frames go the new way: the change is not taken back from now on. If need be later. */
  void noteSwitched(DesiredGraph before, DesiredGraph after) {
    note(stored(after, Optional.of(before), Stage.SWITCHED));
  }

  /** Like {@link #markDeleting}, if need be later. */
  void noteDeleting(DesiredGraph graph) {
    note(stored(graph, Optional.empty(), Stage.DELETING));
  }

  /** Like {@link #remove}, of a graph that is gone already: if need be it is removed later. */
  void noteRemoved(String id) {
    writing.note(id, () -> store.remove(id));
  }

  private void write(StoredGraph graph) {
    writing.write(graph.id(), () -> store.save(graph));
  }

  private void note(StoredGraph graph) {
    writing.note(graph.id(), () -> store.save(graph));
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
    return new Wish(
        read(identity, stored.wanted()),
        stored.earlier().map(earlier -> read(identity, earlier)),
        stored.stage());
  }

  private DesiredGraph read(StoredIdentity identity, Version version) {
    return DesiredGraph.of(
        machine, identity, GraphReader.read(version.document()), version.placements());
  }

  private static StoredGraph stored(
      DesiredGraph graph, Optional<DesiredGraph> earlier, Stage stage) {
    return new StoredGraph(
        graph.id(), graph.lsi().number(), version(graph), earlier.map(Records::version), stage);
  }

  private static Version version(DesiredGraph graph) {
    Map<String, Placement> placements = new LinkedHashMap<>();
    graph.functions().forEach((id, placed) -> placements.put(id, placed.placement()));
    return new Version(GraphWriter.write(graph.graph()), placements);
  }
}
