package org.universalnode.node.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.universalnode.linux.Processor;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.deploy.Deployment.Desire;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.plan.DesiredGraph.StoredIdentity;
import org.universalnode.node.plan.Prediction;
import org.universalnode.node.plan.Predictor;
import org.universalnode.node.plan.Predictor.Before;
import org.universalnode.node.store.GraphStore;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.reference.Frame;

/**
 * The graphs of this node, for those who want something of them: another one, a change, an end, a
 * look. Different graphs change at the same time; changes of one graph wait for each other.
 */
public final class Orchestrator implements AutoCloseable {

  private final Start start = new Start();
  private final GraphTable graphs;
  private final Quotas quotas;
  private final Means means;
  private final Records records;
  private final Leftovers leftovers;
  private final Unmade unmade;
  private final Cores cores;
  private final Restoration restoration;
  private final Deployment deployment;
  private final FunctionTending tending;
  private final Reconciler reconciler;
  private final StepTimes times = new StepTimes();
  private final LsiNumbers lsis = new LsiNumbers();

  /**
   * How changes are carried out.
   *
   * @param listener hears what becomes of graphs
   * @param quotas what graphs may use, altogether
   */
  public record Manner(Pace pace, Clockwork clockwork, GraphListener listener, Quotas quotas) {

    /** With as many graphs as there is room for. */
    public Manner(Pace pace, Clockwork clockwork, GraphListener listener) {
      this(pace, clockwork, listener, new Quotas(List.of()));
    }
  }

  /**
   * An orchestrator that knows no graph yet; see {@link #recover}.
   *
   * @param machine tells this node from others on the same wire
   */
  public Orchestrator(
      String machine, Drivers drivers, Resolver resolver, GraphStore store, Manner manner) {
    BaseRules base = new BaseRules(drivers.switching());
    GraphListener listener = GraphListener.all(List.of(times, manner.listener()));
    this.quotas = manner.quotas();
    this.graphs = new GraphTable(listener, quotas);
    this.means = new Means(drivers, base, manner.pace(), listener);
    this.records = new Records(machine, store, manner.clockwork());
    this.leftovers = new Leftovers(graphs, lsis, means, manner.clockwork());
    this.unmade = new Unmade(drivers.switching()::settle, leftovers::removeOuterPorts);
    this.cores = new Cores(drivers, Processor.usable(), this::running);
    this.restoration = new Restoration(means, unmade, cores, leftovers);
    this.deployment =
        new Deployment(graphs, quotas, means, resolver, records, lsis, unmade, cores, restoration);
    this.tending = new FunctionTending(graphs, drivers, deployment);
    this.reconciler = new Reconciler(graphs, this::see, manner.clockwork());
  }

  /**
   * Makes the graph what the document says.
   *
   * @return whether it is new
   * @throws ProblemException if that can't be; then everything is as it was
   */
  public boolean apply(String id, String document, Stopwatch stopwatch) {
    return apply(id, document, Precondition.NONE, stopwatch).created();
  }

  /** The same, if the graph is then as it has to be. */
  public Applied apply(String id, String document, Precondition precondition, Stopwatch stopwatch) {
    requireUsable(id);
    ServiceGraph graph = GraphReader.read(document);
    start.await();
    return graphs.with(
        id,
        entry -> {
          precondition.require(graph(id));
          return new Applied(apply(graph, entry, stopwatch), graph);
        });
  }

  /**
   * What applying the document as a new graph would do. No graph is changed.
   *
   * @throws ProblemException with the problems for which {@link #apply} would refuse it
   */
  public Prediction predict(String document) {
    start.await();
    ServiceGraph graph = GraphReader.read(document);
    String id = UUID.randomUUID().toString();
    return predict(Before.NEW, deployment.desire(new StoredIdentity(id, lsis.free()), graph));
  }

  /** The same as a change of a graph, once changes under way are done; empty if there is none. */
  public Optional<Prediction> predict(String id, String document) {
    start.await();
    if (graphs.moment(id).isEmpty()) {
      return Optional.empty();
    }
    ServiceGraph graph = GraphReader.read(document);
    return graphs.withKnown(
        id,
        entry ->
            entry
                .moment()
                .map(now -> predict(before(now), deployment.desire(now.desired(), graph))));
  }

  /**
   * Ends a graph and removes every part of it.
   *
   * @return false if there is no such graph
   */
  public boolean delete(String id) {
    return delete(id, Precondition.NONE);
  }

  /** The same, if the graph is then as it has to be; one that is not there has to be nothing. */
  public boolean delete(String id, Precondition precondition) {
    start.await();
    return graphs.withKnown(
        id,
        entry -> {
          entry
              .moment()
              .ifPresent(
                  moment -> {
                    precondition.require(Optional.of(moment.desired().graph()));
                    delete(entry, moment);
                  });
          return entry.isGone();
        });
  }

  public Set<String> ids() {
    return graphs.ids();
  }

  public Optional<ServiceGraph> graph(String id) {
    return graphs.moment(id).map(moment -> moment.desired().graph());
  }

  public Optional<GraphState> state(String id) {
    return graphs
        .entry(id)
        .flatMap(
            entry ->
                entry.moment().map(now -> Inspection.of(now, means.drivers(), entry.percentage())));
  }

  /** A function of a graph; empty if there is no such function. */
  public Optional<RunningFunction> function(String graph, String function) {
    return graphs
        .moment(graph)
        .flatMap(moment -> Optional.ofNullable(moment.desired().functions().get(function)))
        .map(placed -> new RunningFunction(placed, means.drivers().of(placed)));
  }

  /**
   * Stands a function still or lets it go on, once changes of its graph that are under way are
   * done.
   *
   * @return false if there is no such function
   */
  public boolean pause(String graph, String function, boolean pause) {
    start.await();
    return graphs.withKnown(
        graph,
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
    return graphs.moment(id).map(moment -> PacketTrace.of(moment.desired(), in, packet));
  }

  /** What went through a graph; empty if there is no such graph. */
  public Optional<GraphCounters> counters(String id) {
    return graphs.moment(id).map(moment -> GraphCounters.read(moment, means.drivers().switching()));
  }

  public Survey survey() {
    return Survey.of(graphs.moments(), means.drivers());
  }

  Set<Path> usedImages() {
    return UsedImages.of(graphs.moments());
  }

  /** Knows the graphs of its earlier life from now on; changes of graphs wait for the rest. */
  public Recovering remember() {
    start.begin();
    List<Recovery.Remembered> all = remembered();
    return () -> {
      new Recovery(means, records, unmade, leftovers).run(all, this::delete);
      cores.place();
      start.end();
      reconciler.now(Moment::isBroken);
      all.forEach(graph -> careFor(graph.entry()));
    };
  }

  /** Takes over everything that an earlier life of the node left; to be called once, at start. */
  public void recover() {
    remember().recover();
  }

  /** The rest of the start. */
  public interface Recovering {
    /** Takes over, makes or removes what an earlier life of the node left. */
    void recover();
  }

  /** Graphs go on; nothing of them is tried again. */
  @Override
  public void close() {
    unmade.close();
  }

  /**
   * Something at this LSI may have been changed from outside: its graph is seen to, soon. LSI-0
   * concerns all graphs.
   */
  public void disturbed(LsiId lsi) {
    reconciler.disturbed(moment -> lsi.isBase() || moment.desired().lsi().equals(lsi));
  }

  /** Its functions, for those who look after them. */
  public FunctionTending tending() {
    return tending;
  }

  /** Looks again at every graph that uses an interface of the machine which has come back. */
  public void reconnect(String interfaceName, int index) {
    reconciler.now(moment -> restoration.isElsewhere(moment, interfaceName, index));
  }

  /**
   * Tries again to make graphs that have failed because the machine lacked an interface, an address
   * or a route.
   *
   * @return whether there is none
   */
  public boolean retry() {
    reconciler.now(restoration::isLacking);
    return graphs.moments().stream().noneMatch(restoration::isLacking);
  }

  private boolean apply(ServiceGraph graph, GraphEntry entry, Stopwatch stopwatch) {
    Optional<Moment> before = entry.moment();
    try {
      if (before.isPresent()) {
        deployment.update(entry, before.get(), graph, stopwatch);
      } else {
        deployment.create(entry, graph, stopwatch);
      }
    } finally {
      careFor(entry);
    }
    return before.isEmpty();
  }

  private boolean see(GraphEntry entry) {
    boolean whole = deployment.see(entry);
    if (entry.isGone()) {
      reconciler.forget(entry.id());
    }
    return whole;
  }

  /** What could not be done now is tried again. */
  private void careFor(GraphEntry entry) {
    if (entry.needsCare()) {
      reconciler.disturbed(moment -> moment.desired().id().equals(entry.id()));
    }
  }

  private void delete(GraphEntry entry, Moment moment) {
    try {
      deployment.delete(entry, moment);
      reconciler.forget(entry.id());
    } finally {
      careFor(entry);
    }
  }

  private Prediction predict(Before before, Desire desire) {
    DesiredGraph after = desire.graph();
    quotas.check(after);
    return Predictor.predict(before, after, means.base().usedByOthers(after.id()), times::of)
        .choosing(desire.choices());
  }

  private static Before before(Moment now) {
    return new Before(Optional.of(now.desired()), now.deployed().map(Deployed::desired));
  }

  /** Entries of all stored graphs, not yet running. */
  private List<Recovery.Remembered> remembered() {
    List<Recovery.Remembered> found = new ArrayList<>();
    for (Records.Wish wish : records.all(lsis)) {
      GraphEntry entry = graphs.remember(wish.graph().id());
      entry.become(Moment.pending(wish.graph()));
      graphs.settle(entry);
      found.add(new Recovery.Remembered(entry, wish));
    }
    return found;
  }

  private Collection<DesiredGraph> running() {
    return graphs.moments().stream()
        .filter(moment -> moment.deployed().isPresent())
        .map(Moment::desired)
        .toList();
  }

  private static void requireUsable(String id) {
    if (!id.matches("[^\\p{Cntrl}/:]{1,128}")) {
      throw Problem.of(Problem.Code.INVALID_DOCUMENT, "\"" + id + "\" can't be a graph's id")
          .next("use 1 to 128 characters, no slash and no colon")
          .asException();
    }
  }
}
