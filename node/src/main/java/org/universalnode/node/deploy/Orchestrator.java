package org.universalnode.node.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.universalnode.linux.Processor;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.deploy.DesiredGraph.StoredIdentity;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.store.GraphStore;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.reference.Frame;

/**
 * Makes desired graphs real. A wish is stored before anything is made, so that a node that dies
 * half-way finishes it when it comes back; a change that fails is taken back, in the store too.
 * Different graphs change at the same time; changes of one graph wait for each other.
 */
public final class Orchestrator implements AutoCloseable {

  private final String machine;
  private final Drivers drivers;
  private final Resolution resolution;
  private final Records records;
  private final BaseRules base;
  private final Unmade unmade;
  private final Cores cores;
  private final Quotas quotas;
  private final Restoration restoration;
  private final Map<String, GraphEntry> entries = new ConcurrentSkipListMap<>();
  private final LsiNumbers lsis = new LsiNumbers();

  /**
   * An orchestrator that knows no graph yet; see {@link #recover}.
   *
   * @param machine tells this node from others on the same wire
   */
  public Orchestrator(
      String machine, Drivers drivers, Resolution resolution, GraphStore store, Quotas quotas) {
    this.machine = machine;
    this.drivers = drivers;
    this.resolution = resolution;
    this.records = new Records(machine, store);
    this.base = new BaseRules(drivers.switching());
    this.unmade = new Unmade(drivers.switching()::settle, base::sweep);
    this.cores = new Cores(drivers, Processor.usable(), () -> GraphEntry.running(entries.values()));
    this.quotas = quotas;
    this.restoration = new Restoration(drivers, base, unmade, cores);
  }

  /**
   * Makes the graph what the document says.
   *
   * @throws ProblemException if that can't be; then everything is as it was
   */
  public Applied apply(String id, String document, Precondition precondition, Stopwatch stopwatch) {
    GraphName.requireUsable(id);
    ServiceGraph graph = GraphReader.read(document);
    return exclusively(
        id,
        true,
        entry -> {
          precondition.require(graph(id));
          return new Applied(apply(id, graph, entry, stopwatch), graph);
        });
  }

  /**
   * What applying the document as a new graph would do. No graph is changed.
   *
   * @throws ProblemException with the problems for which {@link #apply} would refuse it
   */
  public Prediction predict(String document) {
    ServiceGraph graph = GraphReader.read(document);
    String id = UUID.randomUUID().toString();
    return predict(Optional.empty(), desire(new StoredIdentity(id, lsis.free()), graph));
  }

  /** The same as a change of a graph, once changes under way are done; empty if there is none. */
  public Optional<Prediction> predict(String id, String document) {
    if (moment(id).isEmpty()) {
      return Optional.empty();
    }
    ServiceGraph graph = GraphReader.read(document);
    return exclusively(
        id,
        false,
        entry ->
            entry.moment().map(now -> predict(Optional.of(now), desire(identity(now), graph))));
  }

  /**
   * Ends a graph and removes every part of it.
   *
   * @return false if there is no such graph
   */
  public boolean delete(String id, Precondition precondition) {
    return exclusively(
        id,
        false,
        entry -> {
          if (entry.moment().isEmpty()) {
            return false;
          }
          precondition.require(graph(id));
          delete(entry, entry.moment().get());
          return true;
        });
  }

  public Set<String> ids() {
    Set<String> ids = new TreeSet<>();
    entries.forEach((id, entry) -> entry.moment().ifPresent(_ -> ids.add(id)));
    return ids;
  }

  public Optional<ServiceGraph> graph(String id) {
    return moment(id).map(moment -> moment.desired().graph());
  }

  public Optional<GraphState> state(String id) {
    return moment(id).map(moment -> Inspection.of(moment, drivers));
  }

  /** A function of a graph; empty if there is no such function. */
  public Optional<RunningFunction> function(String graph, String function) {
    return moment(graph)
        .flatMap(moment -> Optional.ofNullable(moment.desired().functions().get(function)))
        .map(placed -> new RunningFunction(placed, drivers.of(placed.placement().type())));
  }

  /**
   * Stands a function still or lets it go on, once changes of its graph that are under way are
   * done.
   *
   * @return false if there is no such function
   */
  public boolean pause(String graph, String function, boolean pause) {
    return exclusively(
        graph,
        false,
        _ -> {
          Optional<RunningFunction> found = function(graph, function);
          found.ifPresent(running -> running.pause(pause));
          return found.isPresent();
        });
  }

  /**
   * The way of a packet that comes in at a port of a graph; empty if there is no such graph.
   *
   * @throws ProblemException if the graph has no such port
   */
  public Optional<PacketTrace> trace(String id, PortRef in, Frame packet) {
    return moment(id).map(moment -> PacketTrace.of(moment.desired(), in, packet));
  }

  /** What went through a graph; empty if there is no such graph. */
  public Optional<GraphCounters> counters(String id) {
    return moment(id).map(moment -> GraphCounters.read(moment, drivers.switching()));
  }

  public Survey survey() {
    return Survey.of(entries.values().stream().flatMap(e -> e.moment().stream()).toList(), drivers);
  }

  Set<Path> usedImages() {
    return UsedImages.of(entries.values());
  }

  /** Takes over everything that an earlier life of the node left; to be called once, at start. */
  public void recover() {
    new Recovery(drivers, base, unmade).run(remembered(), this::delete);
    cores.place();
  }

  /** Graphs go on; nothing of them is tried again. */
  @Override
  public void close() {
    unmade.close();
  }

  /** Looks again at every graph that uses an interface of the machine which has come back. */
  public void reconnect(String interfaceName, int index) {
    restoreAll(moment -> restoration.isElsewhere(moment, interfaceName, index));
  }

  /**
   * Tries again to make graphs that have failed because the machine lacked an interface, an address
   * or a route.
   *
   * @return whether none is left
   */
  public boolean retry() {
    restoreAll(restoration::isLacking);
    return ids().stream().flatMap(id -> moment(id).stream()).noneMatch(restoration::isLacking);
  }

  private void restoreAll(Predicate<Moment> due) {
    for (String id : ids()) {
      if (moment(id).filter(due).isPresent()) {
        exclusively(
            id,
            false,
            entry -> {
              Optional<Moment> still = entry.moment().filter(due);
              still.ifPresent(moment -> restoration.run(entry, moment.desired()));
              return still.isPresent();
            });
      }
    }
  }

  private boolean apply(String id, ServiceGraph graph, GraphEntry entry, Stopwatch stopwatch) {
    Optional<Moment> before = entry.moment();
    if (before.isPresent()) {
      update(entry, before.get(), graph, stopwatch);
    } else {
      create(id, entry, graph, stopwatch);
    }
    return before.isEmpty();
  }

  private void create(String id, GraphEntry entry, ServiceGraph graph, Stopwatch stopwatch) {
    Optional<StoredIdentity> identity = Optional.empty();
    try {
      identity = Optional.of(new StoredIdentity(id, lsis.take()));
      DesiredGraph desired = desire(identity.get(), graph);
      quotas.take(desired);
      deploy(entry, desired, stopwatch);
    } catch (RuntimeException e) {
      if (entry.moment().map(Moment::phase).equals(Optional.of(Phase.DELETING))) {
        throw e; // something is left of it, so it keeps its place
      }
      identity.ifPresent(made -> lsis.release(made.lsi()));
      forget(id, entry);
      throw e;
    }
  }

  private void deploy(GraphEntry entry, DesiredGraph desired, Stopwatch stopwatch) {
    records.save(desired);
    entry.become(new Moment(desired, Optional.empty(), Phase.DEPLOYING, ""));
    Executor executor = new Executor(drivers, base, stopwatch);
    try {
      Deployed deployed = executor.change(Optional.empty(), desired);
      entry.become(new Moment(desired, Optional.of(deployed), Phase.ACTIVE, ""));
      cores.place(desired);
    } catch (RuntimeException e) {
      if (executor.isClean()) {
        records.remove(desired.id());
      } else {
        records.markDeleting(desired);
        entry.become(Moment.undeletable(desired, e));
      }
      throw e;
    }
  }

  private void update(GraphEntry entry, Moment before, ServiceGraph graph, Stopwatch stopwatch) {
    DesiredGraph after = desire(identity(before), graph);
    quotas.take(after);
    Optional<Deployed> unchanged =
        before.deployed().filter(running -> Planner.isCosmetic(running.desired(), after));
    if (unchanged.isPresent()) {
      note(entry, unchanged.get().describedBy(after));
      return;
    }
    records.save(after);
    entry.become(new Moment(after, before.deployed(), Phase.DEPLOYING, ""));
    Executor executor = new Executor(drivers, base, stopwatch);
    try {
      Deployed deployed =
          before.deployed().isPresent()
              ? executor.change(before.deployed(), after)
              : executor.replace(before.desired(), after);
      entry.become(new Moment(after, Optional.of(deployed), Phase.ACTIVE, ""));
      unmade.end(after.lsi());
      cores.place(after);
    } catch (RuntimeException e) {
      restore(entry, before);
      throw e;
    }
  }

  /** What runs is as it was; only the document is another. */
  private void note(GraphEntry entry, Deployed deployed) {
    records.save(deployed.desired());
    entry.become(new Moment(deployed.desired(), Optional.of(deployed), Phase.ACTIVE, ""));
  }

  /** The graph as it was is the wish again, and is looked after once more. */
  private void restore(GraphEntry entry, Moment before) {
    if (before.phase() == Phase.DELETING) {
      records.markDeleting(before.desired());
      entry.become(before);
    } else {
      records.save(before.desired());
      restoration.run(entry, before.desired());
    }
  }

  private Prediction predict(Optional<Moment> before, DesiredGraph after) {
    quotas.check(after);
    return Predictor.predict(before, after, base.usedByOthers(after.id()));
  }

  private DesiredGraph desire(StoredIdentity identity, ServiceGraph graph) {
    DesiredGraph desired =
        DesiredGraph.of(machine, identity, graph, resolution.resolve(identity.id(), graph));
    Conflicts.check(base, desired);
    return desired;
  }

  private void delete(GraphEntry entry, Moment moment) {
    DesiredGraph graph = moment.desired();
    records.markDeleting(graph);
    entry.become(new Moment(graph, moment.deployed(), Phase.DELETING, ""));
    try {
      new Executor(drivers, base, new Stopwatch()).delete(graph, graph.rules().outerPorts());
    } catch (RuntimeException e) {
      entry.become(Moment.undeletable(graph, e));
      throw e;
    }
    unmade.end(graph.lsi());
    records.remove(graph.id());
    lsis.release(graph.lsi());
    forget(graph.id(), entry);
    cores.place();
  }

  /** Entries of all stored graphs, not yet running. */
  private List<Recovery.Remembered> remembered() {
    List<Recovery.Remembered> found = new ArrayList<>();
    for (Records.Wish wish : records.all(lsis)) {
      DesiredGraph desired = wish.graph();
      GraphEntry entry = new GraphEntry();
      entry.become(new Moment(desired, Optional.empty(), Phase.DEPLOYING, ""));
      entries.put(desired.id(), entry);
      quotas.settle(desired);
      found.add(new Recovery.Remembered(entry, desired, wish.deleting()));
    }
    return found;
  }

  private <T> T exclusively(String id, boolean create, Function<GraphEntry, T> work) {
    while (true) {
      GraphEntry entry =
          create
              ? entries.computeIfAbsent(id, _ -> new GraphEntry())
              : entries.getOrDefault(id, new GraphEntry());
      entry.lock().lock();
      try {
        if (!entry.isGone()) {
          return work.apply(entry);
        }
      } finally {
        settle(id, entry);
        entry.lock().unlock();
      }
    }
  }

  /**
   * What was taken for the graph beyond what it is now goes back; one that never came to be goes.
   */
  private void settle(String id, GraphEntry entry) {
    if (entries.get(id) == entry) {
      entry.moment().map(Moment::desired).ifPresentOrElse(quotas::settle, () -> forget(id, entry));
    }
  }

  private void forget(String id, GraphEntry entry) {
    quotas.forget(id);
    entry.leave();
    entries.remove(id, entry);
  }

  private Optional<Moment> moment(String id) {
    return Optional.ofNullable(entries.get(id)).flatMap(GraphEntry::moment);
  }

  private static StoredIdentity identity(Moment moment) {
    return new StoredIdentity(moment.desired().id(), moment.desired().lsi());
  }
}
