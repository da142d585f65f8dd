package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.node.deploy.Executor.Mended;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.deploy.Records.Wish;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.store.StoredGraph.Stage;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;

/**
 * Brings desired and found together when the node starts. What is desired and runs is taken over as
 * it is; what is missing is made; what nobody desires is removed. Rules change once, at the end, so
 * that traffic of graphs that are whole goes on, and no frame meets two versions of a graph.
 */
final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  private final Means means;
  private final SwitchDriver switching;
  private final BaseRules base;
  private final StackClients stacks;
  private final Unmade unmade;
  private final Records records;
  private final Leftovers leftovers;
  private final Queue<Runnable> unfinished = new ConcurrentLinkedQueue<>();
  private final Map<String, Deployed> adopted = new ConcurrentHashMap<>();

  /** A stored graph and its place in the node. */
  record Remembered(GraphEntry entry, Wish wish) {
    /** As it is to be. A change that was under way may be given up for what was before it. */
    DesiredGraph desired() {
      return entry.moment().orElseThrow().desired();
    }

    /** What it may become again. */
    Optional<DesiredGraph> undoable() {
      return wish.earlier().filter(_ -> wish.stage() == Stage.OPEN);
    }

    /** The switch has no rules of another version. */
    boolean rulesArePresent() {
      return wish.earlier().isEmpty() || wish.stage() == Stage.SWITCHED;
    }

    boolean deleting() {
      return wish.stage() == Stage.DELETING;
    }
  }

  Recovery(Means means, Records records, Unmade unmade, Leftovers leftovers) {
    this.leftovers = leftovers;
    this.means = means;
    this.switching = means.drivers().switching();
    this.base = means.base();
    this.unmade = unmade;
    this.records = records;
    this.stacks = new StackClients(means.drivers().dhcp());
  }

  /**
   * Restores all stored graphs and removes what none of them has.
   *
   * @param delete finishes the deletion of a graph
   */
  void run(List<Remembered> all, BiConsumer<GraphEntry, Moment> delete) {
    List<Remembered> wanted = all.stream().filter(graph -> !graph.deleting()).toList();
    means
        .pace()
        .each(
            stacks.strays(versions(all).toList()),
            at -> attempt("end the DHCP client of " + at, () -> stacks.clients().end(at)));
    removeStrayInstances(all);
    removeStrayLsis(all);
    means.pace().each(wanted, this::takeOver);
    Map<String, Problem> refused = switchRules(wanted);
    wanted.forEach(
        graph ->
            Optional.ofNullable(refused.get(graph.desired().id()))
                .ifPresentOrElse(problem -> refuse(graph, problem), () -> finish(graph)));
    unmade.begin(
        wanted.stream().filter(Recovery::isUnmade).map(graph -> graph.desired().lsi()).toList());
    Executor.runAll(List.copyOf(unfinished));
    wanted.stream()
        .flatMap(graph -> graph.entry().moment().stream())
        .flatMap(moment -> moment.deployed().stream())
        .forEach(graph -> attempt("begin DHCP clients", () -> stacks.begin(graph)));
    wanted.stream()
        .filter(Recovery::isUnmade)
        .forEach(graph -> new Salvage(means).beginClients(graph.desired()));
    all.stream().filter(Remembered::deleting).forEach(graph -> finish(graph, delete));
    removeStrayParts(all);
    removeStrayOuterPorts(wanted);
  }

  /** What runs of a graph: as it is to be, and as it was if a change was under way. */
  private static Stream<DesiredGraph> versions(List<Remembered> all) {
    return all.stream()
        .flatMap(
            graph ->
                Stream.concat(Stream.of(graph.wish().graph()), graph.wish().earlier().stream()));
  }

  private void takeOver(Remembered graph) {
    DesiredGraph wanted = graph.wish().graph();
    Optional<DesiredGraph> earlier = graph.undoable();
    try {
      Mended mended = mend(graph, wanted, earlier);
      if (earlier.isPresent() && !mended.isWhole()) {
        goBack(graph, earlier.get(), mended.failures().values().iterator().next());
      } else {
        adopt(graph, mended);
      }
    } catch (RuntimeException e) {
      earlier.ifPresentOrElse(
          before -> goBack(graph, before, Problem.of(e)), () -> salvage(graph, e));
    }
  }

  private Mended mend(Remembered graph, DesiredGraph desired, Optional<DesiredGraph> other) {
    requireSupported(desired);
    return executor(graph).mendParts(desired, other);
  }

  private void adopt(Remembered graph, Mended mended) {
    adopted.put(mended.deployed().desired().id(), mended.deployed());
    base.adopt(mended.deployed().desired().id(), StepWork.share(mended.deployed()));
    graph.entry().become(mended.moment());
    mended
        .failures()
        .forEach(
            (function, problem) ->
                LOG.log(
                    System.Logger.Level.ERROR,
                    "function {0} of graph {1} can''t be restored: {2}",
                    function,
                    mended.deployed().desired().id(),
                    problem));
  }

  /** All at one moment: no frame meets the rules of two versions of a graph. */
  private Map<String, Problem> switchRules(List<Remembered> wanted) {
    Set<LsiPort> present = switching.observe().orThrow().tables();
    Map<String, Map<LsiPort, List<SwitchRule>>> own = new HashMap<>();
    Set<LsiId> known = new HashSet<>(Set.of(LsiId.BASE));
    for (Remembered graph : wanted) {
      Optional.ofNullable(adopted.get(graph.desired().id()))
          .ifPresent(
              deployed -> {
                OwnTables tables = OwnTables.of(deployed);
                boolean same = graph.rulesArePresent();
                own.put(deployed.desired().id(), same ? tables.keeping(present) : tables.all());
                if (tables.isWhole() || !same) {
                  known.add(deployed.desired().lsi());
                }
              });
    }
    return base.applyAll(
        present.stream().filter(port -> known.contains(port.lsi())).collect(Collectors.toSet()),
        own);
  }

  /** The change that was under way, if there was one, is done or undone: the other parts go. */
  private void finish(Remembered graph) {
    Optional<DesiredGraph> earlier = graph.wish().earlier();
    if (earlier.isEmpty()) {
      return;
    }
    DesiredGraph desired = graph.desired();
    DesiredGraph wanted = graph.wish().graph();
    DesiredGraph other = desired.equals(wanted) ? earlier.get() : wanted;
    LOG.log(System.Logger.Level.INFO, "the change of graph {0} is over", desired.id());
    if (isUnmade(graph)) {
      graph.entry().owe(other);
      records.noteSaved(desired);
    } else {
      records.noteSwitched(other, desired);
      unfinished.add(() -> leaveOnly(graph, desired, other));
    }
  }

  /**
   * It is noted last: whoever comes after this life's end has to know of which versions parts may
   * be left.
   */
  private void leaveOnly(Remembered graph, DesiredGraph kept, DesiredGraph other) {
    Executor executor = executor(graph);
    executor.removeWhatOnly(other, kept);
    if (!executor.isClean()) {
      graph.entry().owe(other);
    }
    records.noteSaved(kept);
  }

  /** The switch does not take its rules: they stay what they were before a change. */
  private void refuse(Remembered graph, Problem problem) {
    Optional<DesiredGraph> earlier =
        graph.undoable().filter(_ -> graph.desired().equals(graph.wish().graph()));
    if (earlier.isEmpty()) {
      fail(graph, problem);
      return;
    }
    goBack(graph, earlier.get(), problem);
    Optional.ofNullable(adopted.get(earlier.get().id()))
        .filter(deployed -> deployed.desired().equals(earlier.get()))
        .ifPresent(deployed -> setRules(graph, deployed));
    finish(graph);
  }

  private void setRules(Remembered graph, Deployed deployed) {
    try {
      base.set(deployed.desired().id(), StepWork.share(deployed), OwnTables.of(deployed).all());
    } catch (RuntimeException e) {
      fail(graph, Problem.of(e));
    }
  }

  /** The change that was under way can't be finished, so it is undone. */
  private void goBack(Remembered graph, DesiredGraph earlier, Problem problem) {
    LOG.log(
        System.Logger.Level.WARNING,
        "the change of graph {0} can''t be finished and is undone: {1}",
        earlier.id(),
        problem);
    DesiredGraph wanted = graph.wish().graph();
    graph.entry().become(Moment.pending(earlier));
    records.noteBegun(wanted, earlier); // frames may still need what only the other one has
    try {
      adopt(graph, mend(graph, earlier, Optional.of(wanted)));
    } catch (RuntimeException e) {
      salvage(graph, e);
    }
  }

  private void salvage(Remembered graph, RuntimeException e) {
    fail(graph, Problem.of(e));
    DesiredGraph desired = graph.desired();
    attempt(
        "keep the traffic of " + desired.id(),
        () -> base.adopt(desired.id(), new Salvage(means).share(desired)));
  }

  private Executor executor(Remembered graph) {
    return new Executor(means, graph.entry()::follow, new Stopwatch());
  }

  /** The switch may be another one than that for which the graph was accepted. */
  private void requireSupported(DesiredGraph desired) {
    List<Problem> missing = switching.features().missing(desired.graph());
    if (!missing.isEmpty()) {
      throw new ProblemException(missing);
    }
  }

  /** The first reason stays: what the switch refuses of a failed graph is but a part of it. */
  private static void fail(Remembered graph, Problem problem) {
    String id = graph.desired().id();
    LOG.log(System.Logger.Level.ERROR, "graph {0} can''t be restored: {1}", id, problem);
    if (graph.entry().moment().filter(now -> now.phase() == Phase.FAILED).isEmpty()) {
      String reason = problem.toString();
      graph.entry().become(Moment.failed(graph.desired(), reason));
    }
  }

  private static boolean isUnmade(Remembered graph) {
    return graph.entry().moment().flatMap(Moment::deployed).isEmpty();
  }

  private static void finish(Remembered graph, BiConsumer<GraphEntry, Moment> delete) {
    attempt(
        "delete graph " + graph.desired().id(),
        () -> delete.accept(graph.entry(), graph.entry().moment().orElseThrow()));
  }

  /** One part that resists does not keep the node from looking after the others. */
  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "can''t {0}: {1}", what, Problem.of(e));
    }
  }

  private void removeStrayInstances(List<Remembered> all) {
    Set<InstanceId> known = new HashSet<>();
    versions(all)
        .forEach(graph -> graph.functions().values().forEach(f -> known.add(f.spec().id())));
    for (FunctionDriver driver : means.drivers().functions()) {
      for (ObservedInstance instance : driver.observe().orThrow()) {
        if (!known.contains(instance.id())) {
          LOG.log(System.Logger.Level.INFO, "removing {0}, which no graph names", instance.id());
          leftovers.remove(driver, instance.id());
        }
      }
    }
  }

  private void removeStrayLsis(List<Remembered> all) {
    Set<LsiId> strays = new HashSet<>(switching.observe().orThrow().lsis());
    strays.remove(LsiId.BASE);
    all.forEach(graph -> strays.remove(graph.desired().lsi()));
    strays.forEach(leftovers::remove);
  }

  /** What an interrupted update left in LSIs of graphs that run. */
  private void removeStrayParts(List<Remembered> all) {
    all.forEach(graph -> leftovers.removeParts(graph.entry().id()));
  }

  /**
   * Ports of LSI-0 that no graph asks for. What a graph has that could not be taken over is not
   * known, so then the ports that are no interfaces stay.
   */
  private void removeStrayOuterPorts(List<Remembered> wanted) {
    Set<String> interfaces = new HashSet<>();
    Set<LsiPort> known = new HashSet<>();
    boolean sure = true;
    boolean resisting = false;
    for (Remembered graph : wanted) {
      graph.desired().rules().outerPorts().forEach(port -> interfaces.add(port.toString()));
      Optional<Deployed> deployed = graph.entry().moment().flatMap(Moment::deployed);
      sure &= deployed.isPresent();
      deployed.ifPresent(parts -> known.addAll(parts.basePorts().values()));
    }
    for (AttachedPort port : switching.observe().orThrow().ports()) {
      boolean asked = known.contains(port.port()) || interfaces.contains(port.switchInterface());
      if (port.port().lsi().isBase() && !asked && (sure || port.isOfMachine())) {
        resisting |= switching.deletePort(port.port()) instanceof Result.Failed<Nothing>;
      }
    }
    if (resisting) {
      leftovers.removeOuterPorts();
    }
  }
}
