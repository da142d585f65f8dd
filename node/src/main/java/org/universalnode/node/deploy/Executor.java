package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.nffg.PortRef;
import org.universalnode.node.deploy.DesiredGraph.PlacedFunction;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.PortName;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SteeringRule;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;

/**
 * Carries out one plan. New parts are made first, functions side by side; then each LSI's rules
 * change at once; then old parts go. If a step fails, the steps before it are taken back and the
 * graph runs as it did.
 */
final class Executor {
  private static final System.Logger LOG = System.getLogger(Executor.class.getName());

  private final Drivers drivers;
  private final SwitchDriver switching;
  private final BaseRules base;
  private final StackClients stacks;
  private final Stopwatch stopwatch;
  private final Undo undo = new Undo();
  private boolean clean = true;

  private final Map<String, Instance> instances = new ConcurrentHashMap<>();
  private final Map<PortRef.OfFunction, AttachedPort> functionPorts = new ConcurrentHashMap<>();
  private final Map<PortName.Outer, AttachedPort> interfaces = new HashMap<>();
  private final Map<PortName.Link, VirtualLink> links = new HashMap<>();

  Executor(Drivers drivers, BaseRules base, Stopwatch stopwatch) {
    this.drivers = drivers;
    this.switching = drivers.switching();
    this.base = base;
    this.stacks = new StackClients(drivers.dhcp());
    this.stopwatch = stopwatch;
  }

  /** Turns what runs into what is desired. */
  Deployed change(Optional<Deployed> before, DesiredGraph after) {
    Plan plan = Planner.plan(before.map(Deployed::desired), after);
    before.ifPresent(this::keep);
    try {
      prepare(before, after, plan);
      before.ifPresent(old -> leaveStacks(old, after));
      plug(after, plan, PortName.HostStack.class::isInstance);
      switchOver(before, deployed(after));
    } catch (RuntimeException e) {
      clean = undo.run();
      throw e;
    }
    stacks.begin(deployed(after));
    before.ifPresent(old -> retire(old, plan));
    return deployed(after);
  }

  /**
   * Makes whatever is missing of a graph and takes over what is there, without touching LSI-0's
   * rules. What runs is not ended when something else of the graph fails.
   */
  Deployed takeOver(DesiredGraph desired) {
    return takeOver(desired, () -> {});
  }

  /**
   * As the other one.
   *
   * @param leaveStacks what has to happen before interfaces of the machine's stack are made anew
   */
  private Deployed takeOver(DesiredGraph desired, Runnable leaveStacks) {
    Plan plan = Planner.plan(Optional.empty(), desired);
    prepare(Optional.empty(), desired, plan);
    Together.run(desired.functions().values(), this::refresh);
    leaveStacks.run();
    plug(desired, plan, PortName.HostStack.class::isInstance);
    Deployed deployed = deployed(desired);
    switching.apply(new RuleChange(ownTables(Optional.empty(), deployed))).orThrow();
    return deployed;
  }

  /**
   * As {@link #takeOver}, for a graph of which nobody knows what runs. What only the other graph of
   * the two has goes: that of the unknown one on success, that of the desired one on failure.
   */
  Deployed replace(DesiredGraph unknown, DesiredGraph desired) {
    try {
      Deployed deployed = takeOver(desired, () -> stacks.endChanged(unknown, desired));
      base.set(desired.id(), share(deployed), Map.of());
      stacks.begin(deployed);
      removeWhatOnly(unknown, desired);
      return deployed;
    } catch (RuntimeException e) {
      removeWhatOnly(desired, unknown);
      new Salvage(drivers, base).beginClients(unknown);
      throw e;
    }
  }

  private void removeWhatOnly(DesiredGraph one, DesiredGraph other) {
    List<Runnable> steps = new ArrayList<>();
    one.functions().values().stream()
        .filter(function -> !other.functions().containsKey(function.spec().id().function()))
        .forEach(function -> steps.add(() -> end(function)));
    one.rules().outerPorts().stream()
        .filter(port -> !other.rules().outerPorts().contains(port))
        .forEach(port -> steps.add(() -> base.unplug(one.id(), port)));
    one.rules().links().stream()
        .filter(link -> !other.rules().links().contains(link))
        .forEach(link -> steps.add(() -> disconnect(one.lsi(), link)));
    runAll(steps);
  }

  /** Asking for a link that is there finds it. */
  private void disconnect(LsiId lsi, PortName.Link link) {
    switching.disconnect(switching.connect(lsi, link.destination()).orThrow()).orThrow();
  }

  /** Whether a change that failed has left nothing behind. */
  boolean isClean() {
    return clean;
  }

  /** Removes a graph. Every part is tried; the first problem is thrown at the end. */
  void delete(DesiredGraph graph, Collection<PortName.Outer> plugged) {
    List<RuntimeException> failures = new ArrayList<>();
    List<Runnable> steps = new ArrayList<>();
    steps.add(() -> stacks.endAll(graph));
    steps.add(() -> Together.run(graph.functions().values(), this::stop));
    steps.add(() -> base.set(graph.id(), Share.NONE, Map.of()));
    steps.add(() -> Together.run(graph.functions().values(), this::end));
    steps.add(() -> switching.deleteLsi(graph.lsi()).orThrow());
    plugged.forEach(port -> steps.add(() -> base.unplug(graph.id(), port)));
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private void keep(Deployed before) {
    instances.putAll(before.instances());
    functionPorts.putAll(before.functionPorts());
    interfaces.putAll(before.interfaces());
    links.putAll(before.links());
  }

  private void prepare(Optional<Deployed> before, DesiredGraph after, Plan plan) {
    if (before.isEmpty()) {
      undo.with(() -> switching.deleteLsi(after.lsi()).orThrow());
      switching.createLsi(after.lsi()).orThrow();
    }
    for (PlacedFunction old : plan.replaced()) {
      undo.with(() -> add(old, after));
      remove(old);
    }
    Together.run(
        plan.added(),
        function -> {
          undo.with(() -> remove(function));
          Located.at(after, function, () -> add(function, after));
        });
    Together.run(
        plan.updated(),
        function -> Located.at(after, function, () -> update(before.orElseThrow(), function)));
    plug(after, plan, port -> !(port instanceof PortName.HostStack));
    for (PortName.Link link : plan.links().wanted()) {
      if (!links.containsKey(link)) {
        VirtualLink made = switching.connect(after.lsi(), link.destination()).orThrow();
        undo.with(() -> switching.disconnect(made).orThrow());
        links.put(link, made);
      }
    }
  }

  private void plug(DesiredGraph graph, Plan plan, Predicate<PortName.Outer> which) {
    for (PortName.Outer port : plan.interfaces().stream().filter(which).toList()) {
      if (!interfaces.containsKey(port)) {
        undo.with(() -> base.unplug(graph.id(), port));
        interfaces.put(port, base.plug(graph.id(), port));
      }
    }
  }

  /**
   * Ends the DHCP clients that will be others or none, while rules carry their release: when nearly
   * nothing can fail any more, for the lease is gone by that. If something does, they begin anew.
   */
  private void leaveStacks(Deployed old, DesiredGraph after) {
    undo.with(() -> stacks.begin(old));
    stacks.endChanged(old.desired(), after);
  }

  private void add(PlacedFunction function, DesiredGraph graph) {
    FunctionSpec spec = function.spec();
    FunctionDriver driver = driver(function);
    Instance instance = driver.create(spec).orThrow();
    instances.put(spec.id().function(), instance);
    for (Instance.Port port : instance.ports()) {
      PortRef.OfFunction ref = new PortRef.OfFunction(spec.id().function(), port.label());
      Attachment attachment = attachment(spec, instance.namespace(), port);
      functionPorts.put(ref, switching.createPort(graph.lsi(), attachment).orThrow());
    }
    driver.start(spec).orThrow();
    stopwatch.handlerDone();
  }

  private void update(Deployed before, PlacedFunction function) {
    String id = function.spec().id().function();
    PlacedFunction old = before.desired().functions().get(id);
    if (old != null) {
      undo.with(() -> driver(function).update(old.spec()).orThrow());
    }
    refresh(function);
  }

  private void refresh(PlacedFunction function) {
    driver(function).update(function.spec()).orThrow();
    stopwatch.handlerDone();
  }

  /** While traffic passes, for what it says to others at its end; that it fails keeps nothing. */
  private void stop(PlacedFunction function) {
    InstanceId id = function.spec().id();
    if (driver(function).stop(id) instanceof Result.Failed<Nothing>(Problem problem)) {
      LOG.log(System.Logger.Level.WARNING, "{0} could not say goodbye: {1}", id, problem);
    }
  }

  private void end(PlacedFunction function) {
    driver(function).delete(function.spec().id()).orThrow();
  }

  private void remove(PlacedFunction function) {
    end(function);
    Instance instance = instances.remove(function.spec().id().function());
    if (instance != null) {
      for (Instance.Port port : instance.ports()) {
        functionPorts.remove(new PortRef.OfFunction(instance.id().function(), port.label()));
        Attachment attachment = attachment(function.spec(), instance.namespace(), port);
        switching.deletePort(new LsiId(function.spec().lsi()), attachment).orThrow();
      }
    }
  }

  /** What it consists of, less what is only still there to be removed. */
  private Deployed deployed(DesiredGraph desired) {
    Deployed all = new Deployed(desired, instances, functionPorts, interfaces, links);
    return all.onlyDesired();
  }

  private void switchOver(Optional<Deployed> before, Deployed after) {
    String id = after.desired().id();
    undo.with(
        () ->
            base.set(
                id,
                before.map(Executor::share).orElse(Share.NONE),
                before.map(old -> ownTables(Optional.of(after), old)).orElse(Map.of())));
    base.set(id, share(after), ownTables(before, after));
  }

  /** Its rules in LSI-0. */
  static Share share(Deployed deployed) {
    return Share.of(deployed.desired().rules().base(), deployed.basePorts());
  }

  /** The tables of the graph's own LSI, empty ones for in-ports no longer used. */
  private static Map<LsiPort, List<SwitchRule>> ownTables(
      Optional<Deployed> before, Deployed after) {
    Map<LsiPort, List<SwitchRule>> wanted = tables(after);
    before.ifPresent(old -> tables(old).keySet().forEach(in -> wanted.putIfAbsent(in, List.of())));
    return wanted;
  }

  private static Map<LsiPort, List<SwitchRule>> tables(Deployed deployed) {
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
    Map<PortName, LsiPort> ports = deployed.graphPorts();
    for (SteeringRule rule : deployed.desired().rules().graph()) {
      LsiPort in = Objects.requireNonNull(ports.get(rule.in()));
      tables.computeIfAbsent(in, _ -> new ArrayList<>()).add(rule.resolved(ports));
    }
    return tables;
  }

  /** The new graph carries traffic; an old part that resists is reported and swept later. */
  private void retire(Deployed old, Plan plan) {
    List<Runnable> steps = new ArrayList<>();
    plan.removed().stream()
        .filter(function -> !plan.replaced().contains(function))
        .forEach(function -> steps.add(() -> remove(function)));
    plan.links().dropped().stream()
        .flatMap(link -> Optional.ofNullable(old.links().get(link)).stream())
        .forEach(link -> steps.add(() -> switching.disconnect(link).orThrow()));
    plan.freed().forEach(port -> steps.add(() -> base.unplug(old.desired().id(), port)));
    runAll(steps);
  }

  /** A step that fails is reported and does not keep the others from being done. */
  static void runAll(List<Runnable> steps) {
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING, "not all of a graph could be changed: {0}", Problem.of(e));
      }
    }
  }

  private FunctionDriver driver(PlacedFunction function) {
    return drivers.of(function.placement().type());
  }

  private static Attachment attachment(FunctionSpec spec, String namespace, Instance.Port port) {
    String identity =
        escaped(spec.id().graph())
            + "/"
            + escaped(spec.id().function())
            + "/"
            + escaped(port.label().toString());
    return new Attachment.FunctionInterface(identity, namespace, port.interfaceName(), port.mac());
  }

  /** So that a slash in an id is told from one between ids. */
  private static String escaped(String id) {
    return id.replace("%", "%25").replace("/", "%2F");
  }
}
