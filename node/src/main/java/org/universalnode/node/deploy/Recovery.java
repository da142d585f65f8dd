package org.universalnode.node.deploy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchState;

/**
 * Brings desired and found together when the node starts. What is desired and runs is taken over as
 * it is; what is missing is made; what nobody desires is removed. LSI-0's rules change once, at the
 * end, so that traffic of graphs that are whole goes on.
 */
final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  private final Drivers drivers;
  private final SwitchDriver switching;
  private final BaseRules base;
  private final StackClients stacks;
  private final Unmade unmade;

  /** A stored graph and its place in the node. */
  record Remembered(GraphEntry entry, DesiredGraph desired, boolean deleting) {}

  Recovery(Drivers drivers, BaseRules base, Unmade unmade) {
    this.drivers = drivers;
    this.switching = drivers.switching();
    this.base = base;
    this.unmade = unmade;
    this.stacks = new StackClients(drivers.dhcp());
  }

  /**
   * Restores all stored graphs and removes what none of them has.
   *
   * @param delete finishes the deletion of a graph
   */
  void run(List<Remembered> all, BiConsumer<GraphEntry, Moment> delete) {
    List<Remembered> wanted = all.stream().filter(graph -> !graph.deleting()).toList();
    Together.run(
        stacks.strays(all.stream().map(Remembered::desired).toList()),
        at -> attempt("end the DHCP client of " + at, () -> stacks.clients().end(at)));
    removeStrayInstances(all);
    removeStrayLsis(all);
    Together.run(wanted, this::takeOver);
    SwitchState present = switching.observe().orThrow();
    Map<String, Problem> refused =
        base.applyAll(
            present.tables().stream()
                .filter(port -> port.lsi().isBase())
                .collect(Collectors.toSet()));
    wanted.forEach(
        graph ->
            Optional.ofNullable(refused.get(graph.desired().id()))
                .ifPresent(problem -> fail(graph, problem)));
    unmade.begin(
        wanted.stream().filter(Recovery::isUnmade).map(graph -> graph.desired().lsi()).toList());
    wanted.stream()
        .flatMap(graph -> graph.entry().moment().stream())
        .flatMap(moment -> moment.deployed().stream())
        .forEach(graph -> attempt("begin DHCP clients", () -> stacks.begin(graph)));
    wanted.stream()
        .filter(Recovery::isUnmade)
        .forEach(graph -> new Salvage(drivers, base).beginClients(graph.desired()));
    all.stream().filter(Remembered::deleting).forEach(graph -> finish(graph, delete));
    removeStrayParts(all);
    removeStrayOuterPorts(wanted);
  }

  private void takeOver(Remembered graph) {
    DesiredGraph desired = graph.desired();
    try {
      requireSupported(desired);
      Deployed deployed = new Executor(drivers, base, new Stopwatch()).takeOver(desired);
      base.adopt(desired.id(), Executor.share(deployed));
      graph.entry().become(new Moment(desired, Optional.of(deployed), Phase.ACTIVE, ""));
    } catch (RuntimeException e) {
      fail(graph, Problem.of(e));
      Salvage salvage = new Salvage(drivers, base);
      attempt(
          "keep the traffic of " + desired.id(),
          () -> base.adopt(desired.id(), salvage.share(desired)));
    }
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
      graph.entry().become(new Moment(graph.desired(), Optional.empty(), Phase.FAILED, reason));
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
    all.forEach(
        graph -> graph.desired().functions().values().forEach(f -> known.add(f.spec().id())));
    for (FunctionDriver driver : drivers.functions()) {
      for (ObservedInstance instance : driver.observe().orThrow()) {
        if (!known.contains(instance.id())) {
          LOG.log(System.Logger.Level.INFO, "removing {0}, which no graph names", instance.id());
          attempt("remove " + instance.id(), () -> driver.delete(instance.id()).orThrow());
        }
      }
    }
  }

  private void removeStrayLsis(List<Remembered> all) {
    Set<LsiId> strays = new HashSet<>(switching.observe().orThrow().lsis());
    strays.remove(LsiId.BASE);
    all.forEach(graph -> strays.remove(graph.desired().lsi()));
    strays.forEach(lsi -> attempt("remove " + lsi, () -> switching.deleteLsi(lsi).orThrow()));
  }

  /** Links and tables that an interrupted update left in LSIs of graphs that run. */
  private void removeStrayParts(List<Remembered> all) {
    SwitchState present = switching.observe().orThrow();
    for (Remembered graph : all) {
      Optional<Deployed> deployed = graph.entry().moment().flatMap(Moment::deployed);
      if (deployed.isEmpty()) {
        continue;
      }
      Set<LsiPort> wanted = new HashSet<>(deployed.get().graphPorts().values());
      LsiId lsi = graph.desired().lsi();
      present.links().stream()
          .filter(link -> link.graph().lsi().equals(lsi) && !wanted.contains(link.graph()))
          .forEach(link -> attempt("remove a link", () -> switching.disconnect(link).orThrow()));
      present.tables().stream()
          .filter(in -> in.lsi().equals(lsi) && !wanted.contains(in))
          .map(in -> new RuleChange(Map.of(in, List.of())))
          .forEach(change -> attempt("remove rules", () -> switching.apply(change).orThrow()));
    }
  }

  /**
   * Ports of LSI-0 that no graph asks for. What a graph has that could not be taken over is not
   * known, so then the ports that are no interfaces stay.
   */
  private void removeStrayOuterPorts(List<Remembered> wanted) {
    Set<String> interfaces = new HashSet<>();
    Set<LsiPort> known = new HashSet<>();
    boolean sure = true;
    for (Remembered graph : wanted) {
      graph.desired().rules().outerPorts().forEach(port -> interfaces.add(port.toString()));
      Optional<Deployed> deployed = graph.entry().moment().flatMap(Moment::deployed);
      sure &= deployed.isPresent();
      deployed.ifPresent(parts -> known.addAll(parts.basePorts().values()));
    }
    for (AttachedPort port : switching.observe().orThrow().ports()) {
      boolean asked = known.contains(port.port()) || interfaces.contains(port.switchInterface());
      if (port.port().lsi().isBase() && !asked && (sure || port.isOfMachine())) {
        attempt(
            "give back " + port.switchInterface(),
            () -> switching.deletePort(port.port()).orThrow());
      }
    }
  }
}
