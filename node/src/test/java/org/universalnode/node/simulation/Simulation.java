package org.universalnode.node.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.universalnode.compute.Containment;
import org.universalnode.compute.InstanceId;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.deploy.Drivers;
import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.deploy.GraphState;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Resolver;
import org.universalnode.node.deploy.Stopwatch;
import org.universalnode.node.hoststack.DhcpClients;
import org.universalnode.node.store.Placement;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;

/** One random history of a node, which a seed decides, and what has to hold during each of it. */
final class Simulation implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final Containment CONTAINMENT =
      new Containment(Isolation.NETWORK, 64 << 20, 512, OptionalInt.empty(), List.of(), List.of());

  private final Random random;
  private final Faults faults = new Faults();
  private final FakeSwitch switching = new FakeSwitch(faults);
  private final FakeFunctions functions = new FakeFunctions(faults, switching::namespaceGone);
  private final Flows flows = new Flows(in -> switching.way(in, functions::running));
  private final MemoryStore store = new MemoryStore();
  private final Drivers drivers;
  private final RandomGraphs documents;
  private final TreeMap<String, ServiceGraph> wanted = new TreeMap<>();
  private final List<String> trace = new ArrayList<>();
  private VirtualClockwork clock = new VirtualClockwork();
  private Orchestrator node;
  private int eventsToCrash;
  private long calls;

  Simulation(long seed, DhcpClients dhcp) {
    random = new Random(seed);
    documents = new RandomGraphs(random);
    drivers = new Drivers(switching, List.of(functions), dhcp);
    node = born();
  }

  /** What happened, in order. */
  List<String> trace() {
    return List.copyOf(trace);
  }

  /** Lives through some operations; an {@link AssertionError} tells what did not hold. */
  void run(int operations) {
    for (int i = 0; i < operations; i++) {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> change(Mishap.NONE);
        case 3 -> change(Mishap.FAULT);
        case 4 -> change(Mishap.FULL_DISK);
        case 5, 6 -> change(Mishap.CRASH);
        case 7 -> delete(Mishap.values()[random.nextInt(Mishap.values().length)]);
        case 8, 9 -> drift();
        case 10 -> restart(false);
        default -> restart(random.nextInt(3) == 0);
      }
      requireWhole();
    }
    List.copyOf(wanted.keySet()).forEach(id -> delete(id, Mishap.NONE));
    clock.pass(QUIET);
    require(
        switching.words(Map.of()).isEmpty(), "left in the switch: " + switching.words(Map.of()));
    require(functions.lives().isEmpty(), "left of functions: " + functions.lives().keySet());
    require(store.all().isEmpty(), "left in the store");
  }

  private enum Mishap {
    NONE,
    FAULT,
    FULL_DISK,
    CRASH
  }

  private void change(Mishap mishap) {
    String id = "g" + random.nextInt(4);
    String document = documents.next(id);
    ServiceGraph graph = GraphReader.read(document);
    Map<InstanceId, Integer> starts = starts();
    List<String> before = switching.words(Map.of());
    note(mishap + " change " + id + " " + document);
    arm(mishap);
    flows.change(id, graph);
    Optional<ServiceGraph> old = Optional.ofNullable(wanted.get(id));
    try {
      node.apply(id, document, new Stopwatch());
      wanted.put(id, graph);
    } catch (ProblemException e) {
      note("refused: " + e.getMessage());
      disarm();
      refused(id, old, before);
    } catch (Crash e) {
      crashed(id, old, Optional.of(graph));
    }
    disarm();
    requireSameStarts(starts, old, id);
  }

  private void refused(String id, Optional<ServiceGraph> old, List<String> before) {
    require(faults.hasStruck() || store.hasStruck(), "refused without a reason");
    boolean gone = node.graph(id).isEmpty();
    require(old.isEmpty() || !gone, "a refused change lost the graph " + id);
    if (old.isPresent()) {
      require(
          rules(before).equals(rules(switching.words(Map.of()))), "other rules after a refusal");
    } else if (!gone) {
      node.delete(id);
    }
  }

  private void arm(Mishap mishap) {
    switch (mishap) {
      case NONE -> {}
      case FAULT -> faults.arm(1 + random.nextInt(25), random.nextBoolean());
      case FULL_DISK -> store.fill(1 + random.nextInt(3));
      case CRASH -> eventsToCrash = 1 + random.nextInt(40);
    }
  }

  private void disarm() {
    faults.disarm();
    store.clear();
    eventsToCrash = 0;
  }

  /** The change is finished or undone, and which of the two the node says itself. */
  private void crashed(String id, Optional<ServiceGraph> old, Optional<ServiceGraph> next) {
    note("crash");
    do {
      eventsToCrash = random.nextInt(3) == 0 ? 1 + random.nextInt(30) : 0;
      if (random.nextInt(3) == 0) {
        faults.arm(1 + random.nextInt(20), random.nextBoolean());
      }
    } while (!reborn());
    disarm();
    clock.pass(QUIET);
    Optional<ServiceGraph> found = node.graph(id);
    require(
        found.equals(old) || found.equals(next),
        "after a crash " + id + " is neither what it was nor what it should become: " + found);
    found.ifPresentOrElse(graph -> wanted.put(id, graph), () -> wanted.remove(id));
  }

  private boolean reborn() {
    clock = new VirtualClockwork();
    node = born();
    try {
      node.recover();
      eventsToCrash = 0;
      return true;
    } catch (Crash e) {
      note("crash during recovery");
      return false;
    }
  }

  private void delete(Mishap mishap) {
    if (!wanted.isEmpty()) {
      List<String> ids = List.copyOf(wanted.keySet());
      delete(ids.get(random.nextInt(ids.size())), mishap);
    }
  }

  private void delete(String id, Mishap mishap) {
    note(mishap + " delete " + id);
    Optional<ServiceGraph> old = Optional.ofNullable(wanted.get(id));
    flows.lose(id);
    arm(mishap);
    try {
      require(node.delete(id), "not deleted: " + id);
      wanted.remove(id);
    } catch (ProblemException e) {
      note("not deleted: " + e.getMessage());
      require(faults.hasStruck() || store.hasStruck(), "not deleted without a reason");
      disarm();
      clock.pass(QUIET);
      if (node.graph(id).isEmpty()) {
        wanted.remove(id);
      }
    } catch (Crash e) {
      crashed(id, old, Optional.empty());
    }
    disarm();
  }

  private void drift() {
    List<LsiPort> tables = switching.inPorts();
    List<InstanceId> instances = List.copyOf(functions.lives().keySet());
    flows.lose();
    if (random.nextBoolean() && !instances.isEmpty()) {
      InstanceId lost = instances.get(random.nextInt(instances.size()));
      note("lose " + lost);
      functions.lose(lost);
    } else if (!tables.isEmpty()) {
      LsiPort lost = tables.get(random.nextInt(tables.size()));
      note("lose the table of " + lost);
      switching.lose(lost);
    }
    if (random.nextInt(4) == 0) {
      arm(Mishap.FAULT);
    }
    node.disturbed(LsiId.BASE);
    clock.pass(QUIET);
    disarm();
  }

  private void restart(boolean boot) {
    note(boot ? "reboot" : "restart");
    Map<InstanceId, Integer> starts = starts();
    if (boot) {
      flows.lose();
      switching.reboot();
      functions.reboot();
    }
    if (random.nextInt(4) == 0) {
      arm(Mishap.FAULT);
    }
    require(reborn(), "no crash was asked for");
    disarm();
    require(boot || starts.equals(starts()), "a restart of the node restarted functions");
  }

  private void requireWhole() {
    clock.pass(QUIET);
    require(node.ids().equals(wanted.keySet()), node.ids() + " are there, not " + wanted.keySet());
    for (String id : wanted.keySet()) {
      GraphState state = node.state(id).orElseThrow();
      require(state.phase() == GraphState.Phase.ACTIVE, id + " is " + state);
    }
    List<String> expected = Worlds.wanted(wanted);
    List<String> world = Worlds.found(switching, functions.lives(), store.all());
    require(expected.equals(world), "the world is\n" + world + "\nand should be\n" + expected);
    flows.settle(wanted);
    requireFlows();
  }

  /** Where nothing was asked of the world nothing can have changed in it. */
  private void requireFlowsIfChanged() {
    if (faults.calls() != calls) {
      calls = faults.calls();
      requireFlows();
    }
  }

  private void requireFlows() {
    flows
        .wrong()
        .ifPresent(
            wrong -> {
              throw new AssertionError("frames: " + wrong);
            });
  }

  private Orchestrator born() {
    GraphListener crashing =
        new GraphListener() {
          @Override
          public void step(String graph, StepEvent event) {
            note("  " + graph + " " + event.state() + " " + event.step());
            requireFlowsIfChanged();
            if (eventsToCrash > 0 && --eventsToCrash == 0) {
              throw new Crash();
            }
          }
        };
    Orchestrator.Manner manner = new Orchestrator.Manner(new SeededPace(random), clock, crashing);
    return new Orchestrator("sim", drivers, this::place, store, manner);
  }

  /** The image of a function is the one that its template's name says. */
  private Resolver.Resolved place(Resolver.Situation situation, ServiceGraph graph) {
    Map<String, Placement> placements = new TreeMap<>();
    graph
        .functions()
        .forEach(
            function ->
                placements.put(
                    function.id(),
                    new Placement(
                        "t",
                        "native",
                        "/images/" + function.name(),
                        function.ports().stream().map(FunctionPort::id).toList(),
                        Map.of(),
                        1,
                        CONTAINMENT,
                        function.name().equals(RandomGraphs.HOTPLUG),
                        Optional.empty(),
                        0)));
    return Resolver.Resolved.of(placements);
  }

  private Map<InstanceId, Integer> starts() {
    Map<InstanceId, Integer> starts = new TreeMap<>(functions.lives().comparator());
    functions.lives().forEach((id, life) -> starts.put(id, life.start()));
    return starts;
  }

  /** Functions of other graphs, and those of this one that are as they were, go on. */
  private void requireSameStarts(
      Map<InstanceId, Integer> before, Optional<ServiceGraph> old, String changed) {
    Map<InstanceId, Integer> now = starts();
    boolean same = old.equals(Optional.ofNullable(wanted.get(changed)));
    before.forEach(
        (id, start) ->
            require(
                (id.graph().equals(changed) && !same) || start.equals(now.get(id)),
                id + " was started again"));
  }

  private static List<String> rules(List<String> words) {
    return words.stream().filter(word -> word.startsWith("rule ")).sorted().toList();
  }

  private void note(String what) {
    trace.add(what);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
