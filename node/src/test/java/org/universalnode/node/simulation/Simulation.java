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
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.deploy.Drivers;
import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.deploy.GraphState;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Stopwatch;
import org.universalnode.node.hoststack.DhcpClients;
import org.universalnode.node.store.GraphStore;
import org.universalnode.node.store.Placement;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;

/** One random history of a node, which a seed decides, and what has to hold after each of it. */
final class Simulation implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final PortLabel IN = PortLabel.parse("in:0");

  private final Random random;
  private final Faults faults = new Faults();
  private final FakeSwitch switching = new FakeSwitch(faults);
  private final FakeFunctions functions = new FakeFunctions(faults, switching::namespaceGone);
  private final GraphStore store = GraphStore.inMemory();
  private final Drivers drivers;
  private final RandomGraphs documents;
  private final TreeMap<String, String> wanted = new TreeMap<>();
  private final List<String> trace = new ArrayList<>();
  private VirtualClockwork clock = new VirtualClockwork();
  private Orchestrator node;
  private int eventsToCrash;

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
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> change(Mishap.NONE);
        case 4 -> change(Mishap.FAULT);
        case 5 -> change(Mishap.CRASH);
        case 6 -> delete();
        case 7 -> drift();
        case 8 -> restart(false);
        default -> restart(random.nextInt(3) == 0);
      }
      requireWhole();
    }
    List.copyOf(wanted.keySet()).forEach(this::delete);
    require(switching.words().isEmpty(), "left in the switch: " + switching.words());
    require(functions.lives().isEmpty(), "left of functions: " + functions.lives().keySet());
    require(store.all().isEmpty(), "left in the store");
  }

  private enum Mishap {
    NONE,
    FAULT,
    CRASH
  }

  private void change(Mishap mishap) {
    String id = "g" + random.nextInt(4);
    String document = documents.next(id);
    Map<InstanceId, Integer> starts = starts();
    List<String> before = switching.words();
    note(mishap + " change " + id + " " + document);
    if (mishap == Mishap.FAULT) {
      faults.arm(1 + random.nextInt(25), random.nextBoolean());
    } else if (mishap == Mishap.CRASH) {
      eventsToCrash = 1 + random.nextInt(40);
    }
    Optional<String> old = Optional.ofNullable(wanted.get(id));
    try {
      node.apply(id, document, new Stopwatch());
      wanted.put(id, document);
    } catch (ProblemException e) {
      note("refused: " + e.getMessage());
      require(mishap == Mishap.FAULT && faults.hasStruck(), "refused without a reason");
      boolean gone = node.graph(id).isEmpty();
      require(gone == old.isEmpty() || !gone, "a refused change lost the graph " + id);
      if (old.isPresent()) {
        require(rules(before).equals(rules(switching.words())), "other rules after a refusal");
      } else if (!gone) {
        faults.arm(0, false);
        node.delete(id);
      }
    } catch (Crash e) {
      crashed(id, old, document);
    }
    faults.arm(0, false);
    eventsToCrash = 0;
    requireSameStarts(starts, old, id);
  }

  /** The change is finished or undone, and which of the two the node says itself. */
  private void crashed(String id, Optional<String> old, String document) {
    note("crash");
    do {
      eventsToCrash = random.nextInt(3) == 0 ? 1 + random.nextInt(30) : 0;
    } while (!reborn());
    Optional<ServiceGraph> found = node.graph(id);
    if (found.isEmpty()) {
      require(old.isEmpty(), "a crash lost the graph " + id);
    } else if (found.get().equals(GraphReader.read(document))) {
      wanted.put(id, document);
    } else {
      require(
          old.map(GraphReader::read).equals(found), "after a crash " + id + " is none of the two");
    }
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

  private void delete() {
    if (!wanted.isEmpty()) {
      delete(List.copyOf(wanted.keySet()).get(random.nextInt(wanted.size())));
    }
  }

  private void delete(String id) {
    note("delete " + id);
    require(node.delete(id), "not deleted: " + id);
    wanted.remove(id);
  }

  private void drift() {
    List<LsiPort> tables = switching.inPorts();
    List<InstanceId> instances = List.copyOf(functions.lives().keySet());
    if (random.nextBoolean() && !instances.isEmpty()) {
      InstanceId lost = instances.get(random.nextInt(instances.size()));
      note("lose " + lost);
      functions.lose(lost);
    } else if (!tables.isEmpty()) {
      LsiPort lost = tables.get(random.nextInt(tables.size()));
      note("lose the table of " + lost);
      switching.lose(lost);
    }
    node.disturbed(LsiId.BASE);
  }

  private void restart(boolean boot) {
    note(boot ? "reboot" : "restart");
    Map<InstanceId, Integer> starts = starts();
    if (boot) {
      switching.reboot();
      functions.reboot();
    }
    require(reborn(), "no crash was asked for");
    require(boot || starts.equals(starts()), "a restart of the node restarted functions");
  }

  private void requireWhole() {
    clock.pass(QUIET);
    require(node.ids().equals(wanted.keySet()), node.ids() + " are there, not " + wanted.keySet());
    for (String id : wanted.keySet()) {
      GraphState state = node.state(id).orElseThrow();
      require(state.phase() == GraphState.Phase.ACTIVE, id + " is " + state);
    }
    require(!switching.words().toString().contains("nowhere"), "a rule leads nowhere");
    List<String> fresh = fresh();
    List<String> world = Worlds.plain(switching.words(), functions.lives(), store.all());
    require(fresh.equals(world), "the world is\n" + world + "\nand should be\n" + fresh);
  }

  /** The world of a node that was asked for the same graphs and has no past. */
  private List<String> fresh() {
    Faults none = new Faults();
    FakeSwitch other = new FakeSwitch(none);
    FakeFunctions others = new FakeFunctions(none, other::namespaceGone);
    try (GraphStore records = GraphStore.inMemory()) {
      Orchestrator.Manner manner =
          new Orchestrator.Manner(
              new SeededPace(new Random(0)), new VirtualClockwork(), new GraphListener() {});
      Orchestrator plain =
          new Orchestrator(
              "sim",
              new Drivers(other, List.of(others), drivers.dhcp()),
              this::place,
              records,
              manner);
      wanted.forEach((id, document) -> plain.apply(id, document, new Stopwatch()));
      return Worlds.plain(other.words(), others.lives(), records.all());
    }
  }

  private Orchestrator born() {
    GraphListener crashing =
        new GraphListener() {
          @Override
          public void step(String graph, StepEvent event) {
            note("  " + graph + " " + event.state() + " " + event.step());
            if (eventsToCrash > 0 && --eventsToCrash == 0) {
              throw new Crash();
            }
          }
        };
    Orchestrator.Manner manner = new Orchestrator.Manner(new SeededPace(random), clock, crashing);
    return new Orchestrator("sim", drivers, this::place, store, manner);
  }

  /** The image of a function is the one that its template's name says. */
  private Map<String, Placement> place(String id, ServiceGraph graph) {
    Containment containment =
        new Containment(
            Isolation.NETWORK, 64 << 20, 512, OptionalInt.empty(), List.of(), List.of());
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
                        List.of(IN),
                        Map.of(),
                        1,
                        containment,
                        Optional.empty(),
                        0)));
    return placements;
  }

  private Map<InstanceId, Integer> starts() {
    Map<InstanceId, Integer> starts = new TreeMap<>(functions.lives().comparator());
    functions.lives().forEach((id, life) -> starts.put(id, life.start()));
    return starts;
  }

  /** Functions of other graphs, and those of this one that are as they were, go on. */
  private void requireSameStarts(
      Map<InstanceId, Integer> before, Optional<String> old, String changed) {
    Map<InstanceId, Integer> now = starts();
    boolean same = old.equals(Optional.ofNullable(wanted.get(changed)));
    before.forEach(
        (id, start) ->
            require(
                (id.graph().equals(changed) && !same) || start.equals(now.get(id)),
                id + " was started again"));
  }

  private static List<String> rules(List<String> words) {
    return words.stream().filter(word -> word.startsWith("rule ")).toList();
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
    store.close();
  }
}
