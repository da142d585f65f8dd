package org.universalnode.switching.openvswitch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.openvswitch.Swap.Held;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.FlowMod;

/**
 * The flows of all bridges of the node. A bridge that comes back without them gets them again; one
 * that has them keeps them, with what they counted.
 */
final class FlowTables implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FlowTables.class.getName());

  private final Configuration configuration;
  private final Names names;
  private final Bridges bridges;
  private final Revalidation revalidation;
  private final Map<Place, Datapath> known = new HashMap<>();
  private final Map<LsiPort, Held> held = new HashMap<>();
  private int version = 1;

  FlowTables(Configuration configuration, Names names, Path folder) {
    this.configuration = configuration;
    this.names = names;
    this.bridges = new Bridges(names, folder, this::connected);
    this.revalidation = new Revalidation(folder, configuration::isUserspace);
  }

  /** Takes over what is there. */
  synchronized void adopt() {
    configuration.places().forEach(this::require);
  }

  Path controller() {
    return bridges.socket();
  }

  /** Makes a port of the database one that frames can use. */
  synchronized void add(BridgePort port) {
    Bridges.apply(require(port.place()), flows(port));
  }

  /** Removes all flows of a port, also its rules. */
  synchronized void remove(BridgePort port) {
    bridges
        .connected(port.place())
        .ifPresent(datapath -> Bridges.apply(datapath, removal(port.number())));
    port.place().lsi().ifPresent(lsi -> held.remove(new LsiPort(lsi, port.number())));
  }

  /** A bridge that is gone; one that is made again begins empty. */
  synchronized void forget(Place place) {
    known.remove(place);
    held.keySet().removeIf(in -> Place.of(in.lsi()).equals(place));
  }

  synchronized Set<LsiPort> inPorts() {
    return Set.copyOf(held.keySet());
  }

  /** The rules of an LSI whose ids are known, by their numbers. */
  synchronized Map<Long, String> rules(LsiId lsi) {
    return held.entrySet().stream()
        .filter(entry -> entry.getKey().lsi().equals(lsi))
        .flatMap(entry -> entry.getValue().rules().orElse(List.of()).stream())
        .collect(
            Collectors.toMap(
                rule -> RuleFlows.counter(rule.id()), SwitchRule::id, (one, other) -> one));
  }

  Optional<Datapath> connected(LsiId lsi) {
    return bridges.connected(Place.of(lsi));
  }

  synchronized void replace(Map<LsiPort, List<SwitchRule>> tables) {
    Set<LsiPort> there =
        configuration.ports().stream()
            .filter(port -> port.place().lsi().isPresent())
            .map(BridgePort::port)
            .collect(Collectors.toUnmodifiableSet());
    List<RuleFlows> wanted = new ArrayList<>();
    tables.forEach(
        (in, rules) -> {
          RuleFlows flows = new RuleFlows(in, rules);
          recognise(flows);
          if (there.contains(in) ? flows.digest() != digest(in) : !rules.isEmpty()) {
            requireThere(in, there);
            wanted.add(flows);
          }
        });
    if (wanted.size() > 1) { // else there is but one bundle
      wanted.forEach(flows -> flows.in(Pipeline.SLOTS.getFirst())); // refuses before any change
    }
    List<Swap> swaps = wanted.stream().map(this::swap).toList();
    if (swaps.size() == 1) {
      alone(swaps.getFirst());
    } else if (!swaps.isEmpty()) {
      together(swaps);
    }
    if (!swaps.isEmpty()) {
      awaitDataPath();
    }
  }

  /** An earlier process of the node wrote the same; now their ids are known too. */
  private void recognise(RuleFlows flows) {
    held.computeIfPresent(
        flows.in(),
        (_, there) ->
            there.digest() == flows.digest()
                ? new Held(Optional.of(flows.rules()), there.slot(), there.digest())
                : there);
  }

  /** One bundle of one bridge: a frame meets all of it or nothing. */
  private void alone(Swap swap) {
    Datapath datapath = require(place(swap));
    Optional<Swap.InPlace> inPlace = swap.inPlace();
    if (inPlace.isPresent() && isKnown(swap)) {
      Bridges.apply(datapath, inPlace.get().changes(), swap.flows().rules());
      held.put(swap.in(), inPlace.get().after());
    } else {
      List<FlowMod> changes = new ArrayList<>(swap.filling());
      changes.addAll(swap.turning());
      Bridges.apply(datapath, changes, swap.flows().rules());
      keep(swap);
    }
  }

  /** False if the bridge has connected anew since, and got its rules in another slot. */
  private boolean isKnown(Swap swap) {
    Held now = held.get(swap.in());
    return swap.before()
        .filter(was -> now != null && was.slot() == now.slot() && was.digest() == now.digest())
        .isPresent();
  }

  /**
   * Fills the free slots, then has each frame that enters meet them, and at last, when no frame is
   * on its way any more that entered before, removes what they replace.
   */
  private void together(List<Swap> swaps) {
    Map<Place, List<Swap>> byPlace =
        swaps.stream()
            .collect(
                Collectors.groupingBy(FlowTables::place, LinkedHashMap::new, Collectors.toList()));
    int next = version == 1 ? 2 : 1;
    try {
      byPlace.forEach((place, here) -> fill(place, here, next));
      enter(next);
    } catch (RuntimeException e) {
      takeBack(byPlace, next, e);
      throw e;
    }
    version = next;
    awaitDataPath();
    byPlace.forEach((place, here) -> settle(place, here, next));
  }

  private void fill(Place place, List<Swap> swaps, int next) {
    List<FlowMod> changes = new ArrayList<>();
    List<SwitchRule> rules = new ArrayList<>();
    for (Swap swap : swaps) {
      changes.addAll(swap.filling());
      changes.add(swap.turningFor(next));
      rules.addAll(swap.flows().rules());
    }
    Bridges.apply(require(place), changes, rules);
  }

  /** Every frame that enters the node from now on has that version. */
  private void enter(int next) {
    for (Place place : configuration.places()) {
      if (place.lsi().isPresent()) {
        Bridges.apply(require(place), List.of(Pipeline.entrance(next)));
      }
    }
  }

  /** A bridge that has connected anew gets the new rules as what it should have. */
  private void settle(Place place, List<Swap> swaps, int next) {
    boolean stayed = Objects.equals(known.get(place), bridges.await(place));
    swaps.forEach(this::keep);
    Datapath datapath = require(place);
    if (stayed) {
      List<FlowMod> changes = new ArrayList<>();
      for (Swap swap : swaps) {
        changes.addAll(swap.turning());
        changes.add(swap.notTurningFor(next));
      }
      Bridges.apply(datapath, changes);
    }
  }

  /** The switch may be away; then it is told when it comes back. */
  private void takeBack(Map<Place, List<Swap>> byPlace, int next, RuntimeException cause) {
    try {
      enter(version);
      awaitDataPath();
      byPlace.forEach(
          (place, swaps) -> {
            List<FlowMod> changes = new ArrayList<>();
            for (Swap swap : swaps) {
              changes.add(swap.notTurningFor(next));
              changes.addAll(swap.undoing());
            }
            Bridges.apply(require(place), changes);
          });
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private void keep(Swap swap) {
    swap.after().ifPresentOrElse(after -> held.put(swap.in(), after), () -> held.remove(swap.in()));
  }

  private Swap swap(RuleFlows flows) {
    Optional<Held> before = Optional.ofNullable(held.get(flows.in()));
    return new Swap(flows, before, counters(flows, before));
  }

  private Swap.Counters counters(RuleFlows flows, Optional<Held> before) {
    List<SwitchRule> others =
        held.entrySet().stream()
            .filter(other -> other.getKey().lsi().equals(flows.in().lsi()))
            .filter(other -> !other.getKey().equals(flows.in()))
            .flatMap(other -> other.getValue().rules().stream().flatMap(List::stream))
            .toList();
    Optional<List<SwitchRule>> was = before.map(there -> there.rules().orElse(List.of()));
    boolean unknown = before.filter(there -> there.rules().isEmpty()).isPresent();
    Set<Long> more = unknown ? counted(flows.in()) : Set.of();
    return Swap.Counters.between(was.orElse(List.of()), more, flows.rules(), others);
  }

  private Set<Long> counted(LsiPort in) {
    long cookie = Cookie.COUNTER.of(in.number());
    return require(Place.of(in.lsi())).flows(cookie, Cookie.ALL).stream()
        .map(RuleFlows::counter)
        .collect(Collectors.toUnmodifiableSet());
  }

  private long digest(LsiPort in) {
    Held there = held.get(in);
    return there == null ? 0 : there.digest();
  }

  /** The bridge, with all the flows that it should have. */
  private Datapath require(Place place) {
    Datapath datapath = bridges.await(place);
    if (known.get(place) != datapath) {
      known.put(place, datapath); // what is restored asks for it again
      try {
        restore(place, datapath);
      } catch (RuntimeException e) {
        known.remove(place);
        throw e;
      }
    }
    return datapath;
  }

  /** All in one bundle: until then a bridge that is new to the switch drops everything. */
  private void restore(Place place, Datapath datapath) {
    List<FlowMod> changes = new ArrayList<>();
    Optional<LsiId> lsi = place.lsi();
    Set<Integer> ports = new HashSet<>();
    changes.addAll(lsi.isPresent() ? Pipeline.foundation(version) : GroupFlows.foundation());
    for (BridgePort port : configuration.ports(place)) {
      ports.add(port.number());
      changes.addAll(flows(port));
    }
    if (lsi.isEmpty()) {
      Bridges.apply(datapath, changes);
      return;
    }
    datapath.matchFragments();
    Selections selections = Selections.of(datapath);
    selections.strangers(ports).forEach(number -> changes.addAll(removal(number)));
    changes.add(FlowMod.deleteAll(Cookie.CHANGE.of(0), Cookie.KIND));
    Map<Integer, Held> there = selections.held(ports);
    List<Swap> swaps = lost(lsi.get(), there);
    for (Swap swap : swaps) {
      changes.addAll(swap.filling());
      changes.addAll(swap.turning());
    }
    Bridges.apply(datapath, changes);
    held.entrySet().removeIf(old -> old.getKey().lsi().equals(lsi.get()) && isUnknown(old));
    there.forEach((number, h) -> held.putIfAbsent(new LsiPort(lsi.get(), number), h));
    swaps.forEach(this::keep);
  }

  /** An earlier process wrote it; what the bridge says of it now is as good. */
  private static boolean isUnknown(Map.Entry<LsiPort, Held> old) {
    return old.getValue().rules().isEmpty();
  }

  /** The rules that in-ports of a bridge should have, where it has others or none. */
  private List<Swap> lost(LsiId lsi, Map<Integer, Held> there) {
    List<Swap> swaps = new ArrayList<>();
    held.forEach(
        (in, wanted) -> {
          Optional<Held> is = Optional.ofNullable(there.get(in.number()));
          boolean same = is.filter(h -> h.digest() == wanted.digest()).isPresent();
          if (in.lsi().equals(lsi) && !same) {
            wanted
                .rules()
                .ifPresent(
                    r -> swaps.add(new Swap(new RuleFlows(in, r), is, Swap.Counters.UNCHANGED)));
          }
        });
    return swaps;
  }

  private synchronized void connected(Datapath datapath) {
    try {
      for (Place place : configuration.places()) {
        if (names.datapath(place) == datapath.id()) {
          require(place);
        }
      }
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.WARNING, "flows of " + datapath + ": " + e.getMessage());
    }
  }

  private static List<FlowMod> flows(BridgePort port) {
    return port.place().lsi().isPresent() ? Pipeline.port(port) : GroupFlows.port(port);
  }

  private static List<FlowMod> removal(int number) {
    List<FlowMod> changes = new ArrayList<>();
    for (Cookie kind : List.of(Cookie.PORT, Cookie.COUNTER, Cookie.CHANGE, Cookie.LEARNED)) {
      changes.add(FlowMod.deleteAll(kind.of(number), Cookie.ALL));
    }
    changes.add(Pipeline.noSelection(number));
    Pipeline.SLOTS.forEach(slot -> changes.add(Pipeline.cleared(number, slot)));
    return changes;
  }

  private static Place place(Swap swap) {
    return Place.of(swap.in().lsi());
  }

  private static void requireThere(LsiPort in, Set<LsiPort> there) {
    if (!there.contains(in)) {
      throw Problem.of(
              Problem.Code.UNKNOWN_REFERENCE, "there is no port " + in.number() + " of " + in.lsi())
          .next("make the port first")
          .asException();
    }
  }

  /** Waits until no frame meets anything of what was there before the last change. */
  synchronized void awaitDataPath() {
    known.values().stream()
        .findAny()
        .ifPresent(
            any -> revalidation.await(() -> Bridges.apply(any, List.of(Pipeline.unchanging()))));
  }

  @Override
  public void close() {
    bridges.close();
  }
}
