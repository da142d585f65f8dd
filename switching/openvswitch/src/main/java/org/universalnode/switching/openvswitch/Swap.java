package org.universalnode.switching.openvswitch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.openvswitch.openflow.FlowMod;

/**
 * Other rules for one in-port, which go into the slot that is free, or where the old ones are.
 *
 * @param flows what shall be there, perhaps nothing
 * @param before what is there
 * @param counters what becomes of what counts rules
 */
record Swap(RuleFlows flows, Optional<Held> before, Counters counters) {

  /**
   * Numbers of rules.
   *
   * @param fresh are not counted yet
   * @param gone need not be counted any more
   */
  record Counters(Set<Long> fresh, Set<Long> gone) {
    static final Counters UNCHANGED = new Counters(Set.of(), Set.of());

    /**
     * What becomes of them when rules replace others.
     *
     * @param more are counted, of rules that are not known
     * @param others are rules of other in-ports, which may have the same ids
     */
    static Counters between(
        List<SwitchRule> before, Set<Long> more, List<SwitchRule> after, List<SwitchRule> others) {
      Set<Long> gone = new HashSet<>(more);
      if (!more.isEmpty()) {
        gone.removeAll(numbers(after, List.of()));
        gone.removeAll(numbers(others, List.of()));
      }
      gone.addAll(numbers(before, both(after, others)));
      return new Counters(numbers(after, both(before, others)), Set.copyOf(gone));
    }

    private static List<SwitchRule> both(List<SwitchRule> some, List<SwitchRule> more) {
      return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Of the ids that others do not have. */
    private static Set<Long> numbers(List<SwitchRule> rules, List<SwitchRule> others) {
      Set<String> ids = rules.stream().map(SwitchRule::id).collect(Collectors.toSet());
      others.forEach(rule -> ids.remove(rule.id()));
      return ids.stream().map(RuleFlows::counter).collect(Collectors.toSet());
    }
  }

  /**
   * The rules of an in-port that are in the switch.
   *
   * @param rules empty if an earlier process of the node wrote them
   * @param slot the table that they are in
   */
  record Held(Optional<List<SwitchRule>> rules, int slot, long digest) {}

  /**
   * Another way, for one bundle: only what differs, in the slot that is in use. Empty if that takes
   * more than filling the other, or if the rules that are there are not known.
   *
   * @param changes all of them
   * @param after what is there then
   */
  record InPlace(List<FlowMod> changes, Held after) {}

  Optional<InPlace> inPlace() {
    return flows.rules().isEmpty()
        ? Optional.empty()
        : before
            .flatMap(held -> held.rules().map(rules -> inPlace(held, rules)))
            .filter(way -> way.changes.size() <= flows.rules().size());
  }

  private InPlace inPlace(Held held, List<SwitchRule> rules) {
    List<FlowMod> changes = new ArrayList<>();
    changes.addAll(flows.since(new RuleFlows(in(), rules), held.slot()));
    counters.fresh.forEach(counter -> changes.add(flows.counting(counter)));
    changes.add(Pipeline.selection(number(), held.slot(), flows.digest()));
    changes.addAll(countersThatGo());
    return new InPlace(changes, new Held(Optional.of(flows.rules()), held.slot(), flows.digest()));
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
    return changes;
  }

  /** Removes what counted old rules. */
  List<FlowMod> countersThatGo() {
    return counters.gone.stream().map(RuleFlows::noCounter).toList();
  }

  /** Has the new rules decide about frames that enter with that version. */
  FlowMod turningFor(int version) {
    int table = flows.rules().isEmpty() ? Pipeline.UNMATCHED : slot();
    return Pipeline.selection(number(), version, table);
  }

  /** Empties the slot that was filled, and removes what would have counted new rules. */
  List<FlowMod> undoing() {
    List<FlowMod> changes = new ArrayList<>();
    changes.add(Pipeline.cleared(number(), slot()));
    counters.fresh.forEach(counter -> changes.add(RuleFlows.noCounter(counter)));
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
