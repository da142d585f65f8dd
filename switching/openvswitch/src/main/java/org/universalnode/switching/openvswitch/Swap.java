package org.universalnode.switching.openvswitch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.openvswitch.openflow.FlowMod;

/**
 * Other rules for one in-port, which go into the slot that is free.
 *
 * @param flows what shall be there, perhaps nothing
 * @param before what is there
 * @param counted what counts rules there, by number
 */
record Swap(RuleFlows flows, Optional<Held> before, Set<Long> counted) {

  /**
   * The rules of an in-port that are in the switch.
   *
   * @param rules empty if an earlier process of the node wrote them
   * @param slot the table that they are in
   */
  record Held(Optional<List<SwitchRule>> rules, int slot, long digest) {
    Set<Long> counters() {
      return rules.orElse(List.of()).stream()
          .map(rule -> RuleFlows.counter(rule.id()))
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  LsiPort in() {
    return flows.in();
  }

  Optional<Held> after() {
    return flows.rules().isEmpty()
        ? Optional.empty()
        : Optional.of(new Held(Optional.of(flows.rules()), slot(), flows.digest()));
  }

  /** Fills the free slot, which no frame looks at. */
  List<FlowMod> filling() {
    List<FlowMod> changes = new ArrayList<>();
    changes.add(Pipeline.cleared(number(), slot()));
    changes.addAll(flows.in(slot()));
    changes.addAll(flows.counters());
    return changes;
  }

  /** Has the new rules decide, and removes the old ones. */
  List<FlowMod> turning() {
    List<FlowMod> changes = new ArrayList<>();
    changes.add(
        flows.rules().isEmpty()
            ? Pipeline.noSelection(number())
            : Pipeline.selection(number(), slot(), flows.digest()));
    before.ifPresent(held -> changes.add(Pipeline.cleared(number(), held.slot())));
    Set<Long> gone = new HashSet<>(counted);
    flows.rules().forEach(rule -> gone.remove(RuleFlows.counter(rule.id())));
    gone.forEach(counter -> changes.add(RuleFlows.noCounter(counter)));
    return changes;
  }

  /** Has the new rules decide about frames that enter with that version. */
  FlowMod turningFor(int version) {
    int table = flows.rules().isEmpty() ? Pipeline.UNMATCHED : slot();
    return Pipeline.selection(number(), version, table);
  }

  FlowMod notTurningFor(int version) {
    return Pipeline.noSelection(number(), version);
  }

  /** Empties the slot that was filled, and removes what would have counted new rules. */
  List<FlowMod> undoing() {
    List<FlowMod> changes = new ArrayList<>();
    changes.add(Pipeline.cleared(number(), slot()));
    flows.rules().stream()
        .map(rule -> RuleFlows.counter(rule.id()))
        .filter(counter -> !counted.contains(counter))
        .forEach(counter -> changes.add(RuleFlows.noCounter(counter)));
    return changes;
  }

  private int number() {
    return flows.in().number();
  }

  private int slot() {
    int first = Pipeline.SLOTS.getFirst();
    boolean taken = before.filter(held -> held.slot() == first).isPresent();
    return taken ? Pipeline.SLOTS.getLast() : first;
  }
}
