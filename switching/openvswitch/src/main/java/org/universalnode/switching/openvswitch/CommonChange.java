package org.universalnode.switching.openvswitch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.problem.Problem;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.FlowMod;

/**
 * A change of several in-ports: fills the free slots, then has each frame that enters meet them,
 * and at last, when no frame is on its way any more that entered before, removes what they replace.
 *
 * <p>A bridge may connect anew at any time, and is told then what it should have; so what it was
 * told before counts only for as long as it is connected as it was.
 */
final class CommonChange {
  private static final int ATTEMPTS = 3;

  private final Upkeep upkeep;
  private final HeldRules held;
  private final Runnable awaitDataPath;
  private final Map<Place, List<RuleFlows>> wanted;
  private final Map<Place, Part> parts = new LinkedHashMap<>();
  private final Set<Place> entered = new LinkedHashSet<>();
  private final int next;

  /** What has been filled of one bridge, by that connection of it. */
  private record Part(Place place, Datapath datapath, List<Swap> swaps) {}

  CommonChange(Upkeep upkeep, HeldRules held, Runnable awaitDataPath, List<RuleFlows> wanted) {
    this.upkeep = upkeep;
    this.held = held;
    this.awaitDataPath = awaitDataPath;
    this.wanted =
        wanted.stream()
            .collect(
                Collectors.groupingBy(
                    flows -> Place.of(flows.in().lsi()), LinkedHashMap::new, Collectors.toList()));
    this.next = upkeep.version() == 1 ? 2 : 1;
  }

  /**
   * Makes the change, or throws and has taken back what was done of it.
   *
   * @param all bridges where frames may enter the node
   */
  void run(Collection<Place> all) {
    all.forEach(upkeep::require);
    try {
      wanted.forEach(this::fill);
      requireFilled();
      all.forEach(this::enter);
    } catch (RuntimeException e) {
      takeBack(e);
      throw e;
    }
    upkeep.turnTo(next);
    awaitDataPath.run();
    settle();
  }

  private void fill(Place place, List<RuleFlows> here) {
    Datapath datapath = upkeep.require(place);
    List<Swap> swaps = here.stream().map(flows -> held.swap(flows, datapath)).toList();
    parts.put(place, new Part(place, datapath, swaps));
    List<FlowMod> changes = new ArrayList<>();
    List<SwitchRule> rules = new ArrayList<>();
    changes.add(Pipeline.noChanges());
    for (Swap swap : swaps) {
      changes.addAll(swap.filling());
      changes.add(swap.turningFor(next));
      rules.addAll(swap.flows().rules());
    }
    Bridges.applyInSteps(datapath, changes, rules);
  }

  /** Fills those again that have connected anew and have only what they had before. */
  private void requireFilled() {
    List<Part> lost = lost();
    for (int attempt = 0; attempt < ATTEMPTS && !lost.isEmpty(); attempt++) {
      lost.forEach(part -> fill(part.place, part.swaps.stream().map(Swap::flows).toList()));
      lost = lost();
    }
    if (!lost.isEmpty()) {
      throw Problem.of(Problem.Code.KERNEL, "bridges of " + parts.keySet() + " come and go")
          .next("see the log of ovs-vswitchd")
          .asException();
    }
  }

  private List<Part> lost() {
    return parts.values().stream()
        .filter(part -> !upkeep.isStill(part.place, part.datapath))
        .toList();
  }

  /** Every frame that enters the node there from now on has the new version. */
  private void enter(Place place) {
    entered.add(place); // before, as a step that fails may have been done
    Bridges.apply(upkeep.require(place), List.of(Pipeline.entrance(next)));
  }

  /** Each bridge for itself, first what frames meet. */
  private void takeBack(RuntimeException cause) {
    List<FlowMod> entrance = List.of(Pipeline.entrance(upkeep.version()));
    entered.forEach(place -> upkeep.attempt(place, cause, there -> Bridges.apply(there, entrance)));
    if (!entered.isEmpty()) {
      awaitDataPath.run();
    }
    parts.values().forEach(part -> upkeep.attempt(part.place, cause, there -> undo(part, there)));
  }

  /** A bridge that has connected since has what it should. */
  private static void undo(Part part, Datapath there) {
    if (there == part.datapath) {
      List<FlowMod> changes = new ArrayList<>();
      changes.add(Pipeline.noChanges());
      part.swaps.forEach(swap -> changes.addAll(swap.undoing()));
      Bridges.applyInSteps(there, changes, List.of());
    }
  }

  /** The change is in force: where this fails, the bridge is told all anew when it can be. */
  private void settle() {
    parts.values().forEach(part -> part.swaps.forEach(held::keep));
    boolean patient = true;
    for (Part part : parts.values()) {
      try {
        if (upkeep.isStill(part.place, part.datapath)) {
          settle(part);
        } else {
          upkeep.broken(part.place); // what it has is what it should have had before
          if (patient) {
            upkeep.require(part.place);
          }
        }
      } catch (RuntimeException e) {
        patient = false; // one wait is enough
        upkeep.broken(part.place);
        upkeep.warn(part.place, e);
      }
    }
  }

  private void settle(Part part) {
    List<FlowMod> changes = new ArrayList<>();
    part.swaps.forEach(swap -> changes.addAll(swap.turning()));
    changes.add(Pipeline.noChanges());
    Bridges.apply(part.datapath, changes);
    Bridges.applyInSteps(part.datapath, countersThatGo(part.swaps), List.of());
  }

  /** But for those of rules that another in-port has now. */
  private static List<FlowMod> countersThatGo(List<Swap> swaps) {
    Set<Long> stay =
        swaps.stream()
            .flatMap(swap -> swap.flows().rules().stream())
            .map(rule -> RuleFlows.counter(rule.id()))
            .collect(Collectors.toSet());
    return swaps.stream()
        .flatMap(swap -> swap.counters().gone().stream())
        .filter(counter -> !stay.contains(counter))
        .map(RuleFlows::noCounter)
        .toList();
  }
}
