package org.universalnode.node.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortSpec;
import org.universalnode.nffg.PortRef;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.node.plan.Difference;
import org.universalnode.node.plan.Step;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.PortName;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;

/** What each step of one change asks of the drivers, and what takes it back. */
final class StepWork {
  private static final System.Logger LOG = System.getLogger(StepWork.class.getName());

  private final Drivers drivers;
  private final SwitchDriver switching;
  private final BaseRules base;
  private final StackClients stacks;
  private final Optional<Deployed> before;
  private final DesiredGraph graph;
  private final Parts parts;
  private final Stopwatch stopwatch;

  /** Functions that have begun, or got ports, since rules were switched. */
  private final Set<PlacedFunction> waiting = ConcurrentHashMap.newKeySet();

  /**
   * Nothing is done yet.
   *
   * @param before what runs of the graph, if it is known
   * @param graph as it is to be, or as it was if it is to go
   */
  StepWork(Means means, Optional<Deployed> before, DesiredGraph graph, Stopwatch stopwatch) {
    this.drivers = means.drivers();
    this.switching = drivers.switching();
    this.base = means.base();
    this.stacks = new StackClients(drivers.dhcp());
    this.before = before;
    this.graph = graph;
    this.parts = Parts.keptOf(before, graph);
    this.stopwatch = stopwatch;
  }

  /** What the graph consists of by now. */
  Deployed deployed() {
    return parts.deployed(graph);
  }

  void perform(Step step) {
    switch (step) {
      case Step.MakeLsi() -> switching.createLsi(graph.lsi()).orThrow();
      case Step.MakeFunction(PlacedFunction function) ->
          Located.at(graph, function, () -> make(function));
      case Step.StartFunction(PlacedFunction function) ->
          Located.at(graph, function, () -> start(function));
      case Step.ConfigureFunction(PlacedFunction _, PlacedFunction function) ->
          Located.at(graph, function, () -> configure(function));
      case Step.PlugPorts(PlacedFunction _, PlacedFunction function) ->
          Located.at(graph, function, () -> make(function));
      case Step.UnplugPorts(PlacedFunction earlier, PlacedFunction function) ->
          unplug(earlier, function);
      case Step.Plug(PortName.Outer port) -> parts.add(port, base.plug(graph.id(), port));
      case Step.Connect(PortName.Link link) -> parts.add(link, connect(link).orThrow());
      case Step.LeaveStacks(List<PortName.HostStack> left) -> stacks.end(left);
      case Step.LeaveAllStacks() -> stacks.endAll(graph);
      case Step.SwitchRules() -> switchRules();
      case Step.EnterStacks() -> stacks.begin(deployed());
      case Step.StopFunction(PlacedFunction function) -> stop(function);
      case Step.ClearRules() -> base.set(graph.id(), Share.NONE, Map.of());
      case Step.RemoveFunction(PlacedFunction function) -> remove(function);
      case Step.Disconnect(PortName.Link link) -> disconnect(link);
      case Step.Unplug(PortName.Outer port) -> base.unplug(graph.id(), port);
      case Step.RemoveLsi() -> switching.deleteLsi(graph.lsi()).orThrow();
    }
  }

  /** Takes back a step of building that was done, in whole or in part. */
  void takeBack(Step step) {
    switch (step) {
      case Step.MakeLsi() -> switching.deleteLsi(graph.lsi()).orThrow();
      case Step.MakeFunction(PlacedFunction function) -> remove(function);
      case Step.ConfigureFunction(PlacedFunction earlier, PlacedFunction _) ->
          drivers.of(earlier).update(earlier.spec()).orThrow();
      case Step.PlugPorts(PlacedFunction earlier, PlacedFunction function) ->
          unplug(function, earlier);
      case Step.Plug(PortName.Outer port) -> base.unplug(graph.id(), port);
      case Step.Connect(PortName.Link link) -> disconnect(link);
      case Step.LeaveStacks(List<PortName.HostStack> _) -> before.ifPresent(stacks::begin);
      case Step.SwitchRules() -> switchBack();
      case Step.StartFunction _ -> {} // goes with what it was done to
      case Step.LeaveAllStacks _,
          Step.EnterStacks _,
          Step.StopFunction _,
          Step.ClearRules _,
          Step.RemoveFunction _,
          Step.UnplugPorts _,
          Step.Disconnect _,
          Step.Unplug _,
          Step.RemoveLsi _ ->
          throw new IllegalArgumentException("no step of building: " + step);
    }
  }

  private void make(PlacedFunction function) {
    FunctionSpec spec = function.spec();
    Instance instance = drivers.of(function).create(spec).orThrow();
    parts.add(instance);
    for (Instance.Port port : instance.ports()) {
      PortRef.OfFunction name = new PortRef.OfFunction(function.id(), port.label());
      Attachment attachment = attachment(spec.id(), instance.namespace(), port);
      parts.add(name, switching.createPort(graph.lsi(), attachment).orThrow());
    }
  }

  private void start(PlacedFunction function) {
    drivers.of(function).start(function.spec()).orThrow();
    stopwatch.handlerDone();
    waiting.add(function);
  }

  private void configure(PlacedFunction function) {
    drivers.of(function).update(function.spec()).orThrow();
    stopwatch.handlerDone();
    waiting.add(function);
  }

  /** That it fails keeps nothing. */
  private void stop(PlacedFunction function) {
    InstanceId id = function.spec().id();
    if (drivers.of(function).stop(id) instanceof Result.Failed<Nothing>(Problem problem)) {
      LOG.log(System.Logger.Level.WARNING, "{0} could not say goodbye: {1}", id, problem);
    }
  }

  /**
   * The instance's interfaces are the other ends of its ports: both go at once. What the switch
   * keeps of a port goes by its name, also when an earlier life of the node made it.
   */
  private void remove(PlacedFunction function) {
    drivers.of(function).delete(function.spec().id()).orThrow();
    function.spec().ports().forEach(port -> remove(function, port));
  }

  /** The function lets go of them first. */
  private void unplug(PlacedFunction present, PlacedFunction left) {
    drivers.of(left).update(left.spec()).orThrow();
    Difference.missing(present, left).forEach(port -> remove(present, port));
  }

  private void remove(PlacedFunction function, PortSpec port) {
    Instance.Port gone = new Instance.Port(port.label(), "", port.mac());
    before.ifPresent(deployed -> clear(deployed, function, port));
    switching.deletePort(graph.lsi(), attachment(function.spec().id(), "", gone)).orThrow();
  }

  /** Rules that it kept to its end; see {@link #ownTables}. */
  private void clear(Deployed deployed, PlacedFunction function, PortSpec port) {
    PortRef.OfFunction name = new PortRef.OfFunction(function.id(), port.label());
    AttachedPort attached = deployed.functionPorts().get(name);
    if (attached != null && deployed.desired().has(function.spec().id())) {
      switching.apply(new RuleChange(Map.of(attached.port(), List.of()))).orThrow();
    }
  }

  private Result<VirtualLink> connect(PortName.Link link) {
    return switching.connect(graph.lsi(), link.destination());
  }

  /** Asking for a link that is there finds it. */
  private void disconnect(PortName.Link link) {
    switching.disconnect(connect(link).orThrow()).orThrow();
  }

  private void switchRules() {
    Deployed after = deployed();
    base.set(graph.id(), share(after), ownTables(before, after));
    waiting.forEach(this::connected);
  }

  /** The traffic passes, so that this fails takes nothing back. */
  private void connected(PlacedFunction function) {
    if (drivers.of(function).connected(function.spec())
        instanceof Result.Failed<Nothing>(Problem problem)) {
      LOG.log(System.Logger.Level.WARNING, "{0} is not told: {1}", function.id(), problem);
    }
  }

  private void switchBack() {
    Deployed after = deployed();
    base.set(
        graph.id(),
        before.map(StepWork::share).orElse(Share.NONE),
        before.map(old -> ownTables(Optional.of(after), old)).orElse(Map.of()));
  }

  /** A graph's rules in LSI-0. */
  static Share share(Deployed deployed) {
    return Share.of(deployed.desired().rules().base(), deployed.basePorts());
  }

  /**
   * The tables of the graph's own LSI, empty ones for in-ports no longer used. Functions, and ports
   * of them, that go keep theirs until they do: what is in them at this moment comes out as it
   * would have.
   */
  private Map<LsiPort, List<SwitchRule>> ownTables(Optional<Deployed> before, Deployed after) {
    OwnTables own = OwnTables.of(after);
    Map<LsiPort, List<SwitchRule>> wanted =
        own.isWhole() ? own.all() : own.keeping(switching.observe().orThrow().tables());
    before.ifPresent(
        old ->
            OwnTables.of(old).all().keySet().stream()
                .filter(in -> !isOfFunction(old, in) || isOfFunction(after, in))
                .forEach(in -> wanted.putIfAbsent(in, List.of())));
    return wanted;
  }

  private static boolean isOfFunction(Deployed deployed, LsiPort port) {
    return deployed.functionPorts().values().stream().anyMatch(at -> at.port().equals(port));
  }

  private static Attachment attachment(InstanceId id, String namespace, Instance.Port port) {
    String identity =
        escaped(id.graph()) + "/" + escaped(id.function()) + "/" + escaped(port.label().toString());
    String whole = id.incarnation() == 0 ? identity : identity + "/" + id.incarnation();
    return switch (port.way()) {
      case Instance.Way.Inside(String name, boolean wire) ->
          new Attachment.FunctionInterface(whole, namespace, name, port.mac(), wire);
      case Instance.Way.Tap(String name) -> new Attachment.HostInterface(name);
      case Instance.Way.VhostUser(Path socket) -> new Attachment.FunctionSocket(whole, socket);
    };
  }

  /** So that a slash in an id is told from one between ids. */
  private static String escaped(String id) {
    return id.replace("%", "%25").replace("/", "%2F");
  }
}
