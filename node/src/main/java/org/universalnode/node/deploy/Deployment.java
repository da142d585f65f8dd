package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.choice.Choices;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.deploy.Resolver.Resolved;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.plan.DesiredGraph.StoredIdentity;
import org.universalnode.node.plan.Planner;
import org.universalnode.node.store.Placement;
import org.universalnode.problem.Problem;

/**
 * Makes, changes and ends single graphs; to be called under the graph's lock. A wish is stored
 * before anything is made, so that a node that dies half-way finishes it when it comes back; a
 * change that fails is taken back, in the store too.
 */
final class Deployment {
  private final GraphTable graphs;
  private final Quotas quotas;
  private final Means means;
  private final Resolver resolver;
  private final Records records;
  private final LsiNumbers lsis;
  private final Unmade unmade;
  private final Cores cores;
  private final Restoration restoration;

  Deployment(
      GraphTable graphs,
      Quotas quotas,
      Means means,
      Resolver resolver,
      Records records,
      LsiNumbers lsis,
      Unmade unmade,
      Cores cores,
      Restoration restoration) {
    this.graphs = graphs;
    this.quotas = quotas;
    this.means = means;
    this.resolver = resolver;
    this.records = records;
    this.lsis = lsis;
    this.unmade = unmade;
    this.cores = cores;
    this.restoration = restoration;
  }

  /** A graph as it would be, and why it would have those implementations. */
  record Desire(DesiredGraph graph, Choices choices) {}

  /** A new graph as it would be on this node. */
  Desire desire(StoredIdentity identity, ServiceGraph graph) {
    Resolved resolved = resolve(identity.id(), Map.of(), graph);
    return checked(
        DesiredGraph.of(records.machine(), identity, graph, resolved.placements()), resolved);
  }

  /** A graph as it would be after a change. */
  Desire desire(DesiredGraph before, ServiceGraph graph) {
    Map<String, Placement> running = new HashMap<>();
    before.functions().forEach((id, placed) -> running.put(id, placed.placement()));
    Resolved resolved = resolve(before.id(), running, graph);
    return checked(before.followedBy(records.machine(), graph, resolved.placements()), resolved);
  }

  private Resolved resolve(String id, Map<String, Placement> running, ServiceGraph graph) {
    return resolver.resolve(quotas.situation(id, running, cores.loads(id)), graph);
  }

  private Desire checked(DesiredGraph desired, Resolved resolved) {
    Conflicts.check(means.base(), desired);
    return new Desire(desired, resolved.choices());
  }

  /** Makes a graph, which is forgotten if it could not be made. */
  void create(GraphEntry entry, ServiceGraph graph, Stopwatch stopwatch) {
    Optional<StoredIdentity> identity = Optional.empty();
    try {
      identity = Optional.of(new StoredIdentity(entry.id(), lsis.take()));
      DesiredGraph desired = desire(identity.get(), graph).graph();
      quotas.take(desired);
      deploy(entry, desired, stopwatch);
    } catch (RuntimeException e) {
      if (entry.moment().map(Moment::phase).equals(Optional.of(Phase.DELETING))) {
        throw e; // something is left of it, so it keeps its place
      }
      identity.ifPresent(made -> lsis.release(made.lsi()));
      graphs.forget(entry);
      throw e;
    }
  }

  private void deploy(GraphEntry entry, DesiredGraph desired, Stopwatch stopwatch) {
    records.save(desired);
    entry.become(new Moment(desired, Optional.empty(), Phase.DEPLOYING, ""));
    Executor executor = new Executor(means, entry::follow, stopwatch);
    try {
      entry.become(Moment.active(executor.change(Optional.empty(), desired, () -> {})));
    } catch (RuntimeException e) {
      if (executor.isClean()) {
        records.noteRemoved(desired.id());
      } else {
        entry.become(undeletable(desired, e));
        records.noteDeleting(desired);
      }
      throw e;
    }
    cores.place(desired);
  }

  void update(GraphEntry entry, Moment before, ServiceGraph graph, Stopwatch stopwatch) {
    DesiredGraph after = desire(before.desired(), graph).graph();
    quotas.take(after);
    Optional<Deployed> unchanged =
        before.deployed().filter(running -> Planner.isCosmetic(running.desired(), after));
    if (unchanged.isPresent()) {
      note(entry, before, unchanged.get().describedBy(after));
      return;
    }
    records.begin(before.desired(), after);
    entry.become(new Moment(after, before.deployed(), Phase.DEPLOYING, ""));
    Executor executor = new Executor(means, entry::follow, stopwatch);
    Runnable switched = () -> records.noteSwitched(before.desired(), after);
    try {
      Deployed deployed =
          before.deployed().isPresent()
              ? executor.change(before.deployed(), after, switched)
              : executor.replace(before.desired(), after, switched);
      entry.become(Moment.active(deployed));
      if (before.deployed().isEmpty()) {
        restoration.leftovers().removeParts(entry.id());
      }
      oweUnless(executor.isClean(), entry, before.desired());
    } catch (RuntimeException e) {
      oweUnless(executor.isClean(), entry, after);
      restore(entry, before, executor.isClean());
      throw e;
    }
    records.noteSaved(after);
    unmade.end(after.lsi());
    cores.place(after);
  }

  /** What runs is as it was; only the document is another. */
  private void note(GraphEntry entry, Moment before, Deployed deployed) {
    records.save(deployed.desired());
    entry.become(
        new Moment(deployed.desired(), Optional.of(deployed), before.phase(), before.reason()));
  }

  /** The graph as it was is the wish again; if not all is as it was, it is looked after. */
  private void restore(GraphEntry entry, Moment before, boolean clean) {
    if (before.phase() == Phase.DELETING) {
      entry.become(before);
      records.noteDeleting(before.desired());
    } else {
      records.noteSaved(before.desired());
      if (clean && before.deployed().isPresent()) {
        entry.become(before);
      } else {
        restoration.mend(entry, before.desired());
      }
    }
  }

  private static void oweUnless(boolean clean, GraphEntry entry, DesiredGraph version) {
    if (!clean) {
      entry.owe(version);
    }
  }

  /**
   * Does what a graph needs that nobody asks for: what was changed from outside is made again, what
   * should have gone is removed.
   *
   * @return whether nothing more has to be done for it
   */
  boolean see(GraphEntry entry) {
    Optional<Moment> moment = entry.moment();
    if (moment.isEmpty()) {
      return true;
    }
    switch (moment.get().phase()) {
      case PENDING, DEPLOYING -> {
        return true;
      }
      case DELETING -> delete(entry, moment.get());
      case ACTIVE, DEGRADED, FAILED -> mend(entry, moment.get().desired());
    }
    return !entry.needsCare();
  }

  private void mend(GraphEntry entry, DesiredGraph graph) {
    long begin = System.nanoTime();
    restoration.mend(entry, graph);
    pay(entry, graph);
    if (!entry.needsCare()) {
      means.listener().mended(graph.id(), Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  /** Removes what only versions of it have that are not wanted any more. */
  private void pay(GraphEntry entry, DesiredGraph graph) {
    for (DesiredGraph version : entry.owed()) {
      Executor executor = new Executor(means, entry::follow, new Stopwatch());
      executor.removeWhatOnly(version, graph);
      if (executor.isClean()) {
        entry.paid(version);
      }
    }
  }

  /** Ends a graph, removes every part of it and forgets it. */
  void delete(GraphEntry entry, Moment moment) {
    DesiredGraph graph = moment.desired();
    records.markDeleting(graph);
    entry.become(new Moment(graph, moment.deployed(), Phase.DELETING, ""));
    try {
      pay(entry, graph);
      requirePaid(entry);
      new Executor(means, entry::follow, new Stopwatch()).delete(graph, graph.rules().outerPorts());
    } catch (RuntimeException e) {
      entry.become(undeletable(graph, e));
      throw e;
    }
    unmade.end(graph.lsi());
    records.remove(graph.id());
    lsis.release(graph.lsi());
    graphs.forget(entry);
    cores.place();
  }

  private static void requirePaid(GraphEntry entry) {
    if (!entry.owed().isEmpty()) {
      throw Problem.of(
              Problem.Code.CONFLICT, "functions that the graph had before resist their removal")
          .next("it is tried again; the node's log says why")
          .asException();
    }
  }

  private static Moment undeletable(DesiredGraph graph, RuntimeException e) {
    return new Moment(graph, Optional.empty(), Phase.DELETING, Problem.of(e).toString());
  }
}
