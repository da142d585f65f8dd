package org.universalnode.switching.openvswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.openvswitch.Swap.Counters;
import org.universalnode.switching.openvswitch.Swap.Held;
import org.universalnode.switching.openvswitch.openflow.FlowMod;
import org.universalnode.switching.openvswitch.openflow.FlowMod.Command;

class SwapTest {
  private static final LsiPort IN = new LsiPort(LsiId.BASE, 1);
  private static final int SLOT = Pipeline.SLOTS.getLast();

  @Test
  void ofManyRulesOnlyTheOneThatChangedIsWritten() {
    List<SwitchRule> after = new ArrayList<>(rules(1_000));
    after.set(500, rule(500, 3));
    Swap.InPlace way = swap(rules(1_000), after).inPlace().orElseThrow();
    assertThat(way.changes())
        .extracting(FlowMod::command)
        .containsExactly(Command.DELETE_STRICT, Command.ADD, Command.ADD);
    assertThat(way.after().slot()).isEqualTo(SLOT);
    assertThat(way.after().digest()).isEqualTo(new RuleFlows(IN, after).digest());
  }

  @Test
  void whatIsLongerOrShorterAtTheEndIsWrittenInPlace() {
    List<FlowMod> longer = swap(rules(100), rules(101)).inPlace().orElseThrow().changes();
    assertThat(longer)
        .filteredOn(change -> change.table() == SLOT)
        .singleElement()
        .satisfies(change -> assertThat(change.command()).isEqualTo(Command.ADD));
    List<FlowMod> shorter = swap(rules(101), rules(100)).inPlace().orElseThrow().changes();
    assertThat(shorter)
        .filteredOn(change -> change.table() == SLOT)
        .singleElement()
        .satisfies(change -> assertThat(change.command()).isEqualTo(Command.DELETE_STRICT));
  }

  @Test
  void whereAllDiffersOrNothingIsKnownTheOtherSlotIsFilled() {
    List<SwitchRule> others = IntStream.range(0, 100).mapToObj(i -> rule(i, 3)).toList();
    assertThat(swap(rules(100), others).inPlace()).isEmpty();
    Held unknown = new Held(Optional.empty(), SLOT, 1);
    RuleFlows flows = new RuleFlows(IN, rules(100));
    assertThat(new Swap(flows, Optional.of(unknown), Counters.UNCHANGED).inPlace()).isEmpty();
  }

  @Test
  void whatCountsARuleStaysForAnotherInPortThatHasOneOfThatId() {
    Counters counters = Counters.between(rules(3), Set.of(), rules(1), rules(2));
    assertThat(counters.gone()).containsExactly(RuleFlows.counter(rule(2, 2).id()));
    assertThat(counters.fresh()).isEmpty();
  }

  private static Swap swap(List<SwitchRule> before, List<SwitchRule> after) {
    Held held = new Held(Optional.of(before), SLOT, new RuleFlows(IN, before).digest());
    Counters counters = Counters.between(before, Set.of(), after, List.of());
    return new Swap(new RuleFlows(IN, after), Optional.of(held), counters);
  }

  private static List<SwitchRule> rules(int count) {
    return IntStream.range(0, count).mapToObj(i -> rule(i, 2)).toList();
  }

  /** Decides after those of lower numbers. */
  private static SwitchRule rule(int number, int out) {
    String id = "rule%05d".formatted(number);
    return new SwitchRule(id, 1, MatchFields.ANY, RuleAction.outputs(List.of(out)));
  }
}
