package org.universalnode.switching.openvswitch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.FlowMod;

/**
 * Which bridges have the flows that they should: those that are connected as they were when they
 * were told all of them. Any other one is told all before it is used, or as soon as it connects.
 * Not for several threads at once.
 */
final class Upkeep {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());

  private final Configuration configuration;
  private final Bridges bridges;
  private final HeldRules held;
  private final Runnable later;
  private final Map<Place, Datapath> known = new HashMap<>();

  /** Bridges of which this process knows all rules that they should have. */
  private final Set<Place> adopted = new HashSet<>();

  private final Map<Place, String> told = new HashMap<>();
  private int version = 1;

  /**
   * Knows of no bridge.
   *
   * @param later asks for {@link #tend} soon
   */
  Upkeep(Configuration configuration, Bridges bridges, HeldRules held, Runnable later) {
    this.configuration = configuration;
    this.bridges = bridges;
    this.held = held;
    this.later = later;
  }

  /** The version of rules that frames meet which enter the node. */
  int version() {
    return version;
  }

  void turnTo(int next) {
    version = next;
  }

  /** Waits for the bridge; it has all the flows that it should have then. */
  Datapath require(Place place) {
    Datapath datapath = bridges.await(place);
    if (known.get(place) != datapath) {
      try {
        known.remove(place);
        restore(place, datapath);
        known.put(place, datapath);
      } catch (RuntimeException e) {
        later.run();
        throw e;
      }
    }
    return datapath;
  }

  /** Whether the bridge is connected as it was then, and has what it was told since. */
  boolean isStill(Place place, Datapath datapath) {
    return known.get(place) == datapath
        && bridges.connected(place).filter(now -> now == datapath).isPresent();
  }

  /** Restores a bridge that has connected; whether it has all then. */
  boolean tend(Place place) {
    Optional<Datapath> there = bridges.connected(place);
    if (there.isEmpty() || isStill(place, there.get())) {
      return true;
    }
    try {
      if (configuration.places().contains(place)) {
        require(place);
        told.remove(place);
      }
      return true;
    } catch (ProblemException e) {
      warn(place, e);
      return false;
    }
  }

  /** A step by which the bridge has what it should; where it fails, the bridge is told all anew. */
  void attempt(Place place, RuntimeException cause, Consumer<Datapath> step) {
    Optional<Datapath> there = bridges.connected(place).filter(now -> isStill(place, now));
    try {
      there.ifPresentOrElse(step, () -> broken(place));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      broken(place);
    }
  }

  /** Nobody knows what the bridge has. */
  void broken(Place place) {
    known.remove(place);
    later.run();
  }

  void warn(Place place, RuntimeException cause) {
    String why = cause.toString();
    if (!why.equals(told.put(place, why))) {
      LOG.log(System.Logger.Level.WARNING, "flows of " + place + ", which follow later: " + why);
    }
  }

  void forget(Place place) {
    known.remove(place);
    adopted.remove(place);
    told.remove(place);
  }

  boolean isAnyConnected() {
    return known.keySet().stream().anyMatch(place -> bridges.connected(place).isPresent());
  }

  /** Changes a flow of any bridge to what it is. */
  void touch() {
    for (Place place : known.keySet()) {
      Optional<Datapath> datapath = bridges.connected(place);
      if (datapath.isPresent() && isTouched(datapath.get())) {
        return;
      }
    }
  }

  private static boolean isTouched(Datapath datapath) {
    try {
      Bridges.apply(datapath, List.of(Pipeline.unchanging()));
      return true;
    } catch (ProblemException e) {
      return false; // it has gone since; another one does as well
    }
  }

  private void restore(Place place, Datapath datapath) {
    Optional<LsiId> lsi = place.lsi();
    List<FlowMod> fixed = new ArrayList<>();
    fixed.addAll(lsi.isPresent() ? Pipeline.foundation(version) : GroupFlows.foundation());
    Set<Integer> ports = new HashSet<>();
    for (BridgePort port : configuration.ports(place)) {
      ports.add(port.number());
      fixed.addAll(flows(port));
    }
    if (lsi.isPresent()) {
      Restoration.of(lsi.get(), datapath, ports, held).run(fixed, !adopted.contains(place));
      adopted.add(place);
    } else {
      Bridges.apply(datapath, fixed);
    }
  }

  /** Whether the bridge had what it should, which it has now; one that is away is told later. */
  boolean mend(Place place) {
    Optional<Datapath> there = bridges.connected(place).filter(now -> isStill(place, now));
    if (there.isEmpty()) {
      return true;
    }
    List<FlowMod> told =
        new ArrayList<>(
            place.lsi().isPresent() ? Pipeline.foundation(version) : GroupFlows.foundation());
    configuration.ports(place).forEach(port -> told.addAll(flows(port)));
    Set<Integer> unknown = new HashSet<>();
    Map<LsiPort, Swap.Held> rules = place.lsi().map(held::of).orElse(Map.of());
    rules.forEach(
        (in, is) ->
            is.rules()
                .map(all -> new RuleFlows(in, all))
                .ifPresentOrElse(
                    flows -> told.addAll(flows.held(is)), () -> unknown.add(in.number())));
    return isWhole(there.get(), told, unknown);
  }

  /** What is as odd after it was told once more is the switch's way to say it. */
  private static boolean isWhole(Datapath bridge, List<FlowMod> told, Set<Integer> unknown) {
    List<FlowMod> changes = new FlowInspection(told, unknown).changes(bridge);
    if (changes.isEmpty()) {
      return true;
    }
    Bridges.applyInSteps(bridge, changes, List.of());
    List<FlowMod> still = new FlowInspection(told, unknown).changes(bridge);
    return Set.copyOf(still).equals(Set.copyOf(changes));
  }

  static List<FlowMod> flows(BridgePort port) {
    return port.place().lsi().isPresent() ? Pipeline.port(port) : GroupFlows.port(port);
  }
}
