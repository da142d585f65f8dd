package org.universalnode.switching.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.reference.Done.Effect;

/** The way of a frame through LSIs. */
class ReferenceSwitchTest {
  private static final LsiPort IN = base(1);
  private static final MatchFields WEB =
      MatchFields.ANY
          .with(HeaderField.PROTOCOL, "6")
          .with(HeaderField.DEST_PORT, "80")
          .withPrerequisites();

  @Test
  void theHigherPriorityDecides() {
    Walk<LsiPort> walk = walk(rule("a", 1, MatchFields.ANY, to(2)), rule("b", 9, WEB, to(3)));
    assertThat(walk.steps()).extracting(step -> step.rule().orElseThrow()).containsExactly("b");
    assertThat(walk.leaving()).containsExactly(new Departure<>(base(3), Bytes.tcp()));
  }

  @Test
  void ofEqualsTheLesserIdDecides() {
    Walk<LsiPort> walk = walk(rule("b", 5, MatchFields.ANY, to(2)), rule("a", 5, WEB, to(3)));
    assertThat(walk.leaving()).extracting(Departure::port).containsExactly(base(3));
  }

  @Test
  void whatNoRuleMatchesIsDropped() {
    MatchFields other = WEB.with(HeaderField.DEST_PORT, "81");
    Walk<LsiPort> walk = walk(rule("a", 5, other, to(2)));
    assertThat(walk.steps())
        .containsExactly(new Step<>(IN, Bytes.tcp(), Optional.empty(), List.of()));
    assertThat(walk.leaving()).isEmpty();
    ReferenceSwitch empty = new ReferenceSwitch(Map.of(), List.of(), List.of());
    assertThat(empty.run(IN, Bytes.tcp()).leaving()).isEmpty();
  }

  @Test
  void aRuleWithoutActionsDrops() {
    Walk<LsiPort> walk = walk(rule("a", 1, MatchFields.ANY, to(2)), rule("b", 2, WEB));
    assertThat(walk.steps().getFirst().rule()).hasValue("b");
    assertThat(walk.leaving()).isEmpty();
  }

  @Test
  void eachOutputGetsTheFrameAsItIsAtItsPlace() {
    RuleAction<Integer> port81 = new RuleAction.SetField<>(HeaderField.DEST_PORT, Bits.of(81));
    Walk<LsiPort> walk =
        walk(
            rule(
                "a",
                1,
                MatchFields.ANY,
                to(2),
                new RuleAction.PushVlan<>(25),
                to(3),
                port81,
                to(1),
                new RuleAction.PopVlan<>(),
                to(2)));
    Frame tagged = Bytes.tcp().pushed(25).orElseThrow();
    Frame changed = Bytes.with(tagged, HeaderField.DEST_PORT, "81");
    assertThat(walk.leaving())
        .containsExactly(
            new Departure<>(base(2), Bytes.tcp()),
            new Departure<>(base(3), tagged),
            new Departure<>(base(1), changed),
            new Departure<>(base(2), changed.popped()));
  }

  @Test
  void whatWasDoneIsTold() {
    Walk<LsiPort> walk =
        walk(
            rule(
                "a",
                1,
                MatchFields.ANY,
                new RuleAction.PopVlan<>(),
                new RuleAction.PushVlan<>(7),
                new RuleAction.SetField<>(HeaderField.VLAN, Bits.of(0x1007)),
                to(2)));
    assertThat(walk.steps().getFirst().actions())
        .extracting(Done::effect)
        .containsExactly(Effect.NONE, Effect.CHANGED, Effect.NONE, Effect.SENT);
  }

  @Test
  void aTagTooManyDropsTheRestOfTheRule() {
    List<RuleAction<Integer>> actions = pushes(8);
    actions.addAll(List.of(to(2), new RuleAction.PushVlan<>(9), to(3)));
    Walk<LsiPort> walk = walk(new SwitchRule("a", 1, MatchFields.ANY, actions));
    assertThat(walk.leaving()).extracting(Departure::port).containsExactly(base(2));
    assertThat(walk.steps().getFirst().actions().getLast().effect()).isEqualTo(Effect.DROPPED);
  }

  @Test
  void whatIsNoFrameMeetsNoRule() {
    Frame frame = Bytes.frame("02 00 00");
    Walk<LsiPort> walk = switchWith(rule("a", 1, MatchFields.ANY, to(2))).run(IN, frame);
    assertThat(walk.leaving()).isEmpty();
    assertThat(walk.steps().getFirst().rule()).isEmpty();
  }

  @Test
  void copiesThroughLinksAreDoneInTheOrderSentAfterTheRule() {
    List<VirtualLink> links =
        List.of(
            new VirtualLink("x", base(10), graph(20)), new VirtualLink("y", base(11), graph(21)));
    Map<LsiPort, List<SwitchRule>> rules = new HashMap<>();
    rules.put(IN, List.of(rule("in", 1, MatchFields.ANY, to(11), to(10), to(2))));
    rules.put(graph(20), List.of(rule("x", 1, MatchFields.ANY, to(5))));
    rules.put(graph(21), List.of(rule("y", 1, MatchFields.ANY, to(20), to(6))));
    rules.put(base(10), List.of(rule("back", 1, MatchFields.ANY, to(3))));
    Walk<LsiPort> walk = new ReferenceSwitch(rules, links, List.of()).run(IN, Bytes.tcp());
    assertThat(walk.leaving())
        .extracting(Departure::port)
        .containsExactly(base(2), graph(6), graph(5), base(3));
    assertThat(walk.steps())
        .extracting(Step::in)
        .containsExactly(IN, graph(21), graph(20), base(10));
    assertThat(walk.cut()).isFalse();
  }

  @Test
  void onItsWayAFrameMayHaveMoreTagsThanItMayComeWith() {
    List<RuleAction<Integer>> actions = pushes(6);
    actions.add(to(10));
    Map<LsiPort, List<SwitchRule>> rules =
        Map.of(
            IN,
            List.of(new SwitchRule("in", 1, MatchFields.ANY, actions)),
            graph(20),
            List.of(rule("x", 1, WEB.with(HeaderField.VLAN, "5"), to(5))));
    VirtualLink link = new VirtualLink("x", base(10), graph(20));
    ReferenceSwitch lsis = new ReferenceSwitch(rules, List.of(link), List.of());
    assertThat(lsis.run(IN, Bytes.tcp()).leaving())
        .extracting(Departure::port)
        .containsExactly(graph(5));
  }

  @Test
  void whatLeavesWithManyTagsIsReadAnewWhereItComesIn() {
    ReferenceSwitch lsi = switchWith(rule("a", 1, WEB, to(2)));
    Frame frame = Bytes.tcp();
    for (int vlan = 1; vlan <= 5; vlan++) {
      frame = frame.pushed(vlan).orElseThrow();
    }
    assertThat(lsi.run(IN, frame).leaving()).isEmpty();
    assertThat(lsi.run(IN, frame.popped()).leaving()).hasSize(1);
  }

  @Test
  void aLoopEndsAfterSixtyFourSteps() {
    VirtualLink link = new VirtualLink("x", base(10), graph(20));
    Map<LsiPort, List<SwitchRule>> rules =
        Map.of(
            IN,
            List.of(rule("in", 1, MatchFields.ANY, to(10))),
            graph(20),
            List.of(rule("there", 1, MatchFields.ANY, to(20), to(20))),
            base(10),
            List.of(rule("back", 1, MatchFields.ANY, to(10), to(10))));
    Walk<LsiPort> walk = new ReferenceSwitch(rules, List.of(link), List.of()).run(IN, Bytes.tcp());
    assertThat(walk.steps()).hasSize(64);
    assertThat(walk.cut()).isTrue();
  }

  @Test
  void aChangeReplacesTheRulesOfTheInPortsItNames() {
    ReferenceSwitch lsis = switchWith(rule("a", 1, MatchFields.ANY, to(2)));
    lsis.apply(new RuleChange(Map.of(base(2), List.of(rule("b", 1, MatchFields.ANY, to(1))))));
    assertThat(lsis.run(IN, Bytes.tcp()).leaving()).hasSize(1);
    assertThat(lsis.run(base(2), Bytes.tcp()).leaving()).hasSize(1);
    lsis.apply(new RuleChange(Map.of(IN, List.of())));
    assertThat(lsis.run(IN, Bytes.tcp()).leaving()).isEmpty();
  }

  @Test
  void aPortIsJoinedToOneThingOnly() {
    VirtualLink link = new VirtualLink("x", base(10), graph(20));
    Group group = new Group(List.of(base(10)));
    assertThatThrownBy(() -> new ReferenceSwitch(Map.of(), List.of(link), List.of(group)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("joined to two things");
  }

  /** Of tags with the VLANs from 0 on. */
  private static List<RuleAction<Integer>> pushes(int count) {
    List<RuleAction<Integer>> actions = new ArrayList<>();
    for (int vlan = 0; vlan < count; vlan++) {
      actions.add(new RuleAction.PushVlan<>(vlan));
    }
    return actions;
  }

  private static Walk<LsiPort> walk(SwitchRule... rules) {
    return switchWith(rules).run(IN, Bytes.tcp());
  }

  private static ReferenceSwitch switchWith(SwitchRule... rules) {
    return new ReferenceSwitch(Map.of(IN, List.of(rules)), List.of(), List.of());
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static SwitchRule rule(
      String id, int priority, MatchFields match, RuleAction<Integer>... actions) {
    return new SwitchRule(id, priority, match, List.of(actions));
  }

  private static RuleAction<Integer> to(int port) {
    return new RuleAction.Output<>(port);
  }

  private static LsiPort base(int number) {
    return new LsiPort(LsiId.BASE, number);
  }

  private static LsiPort graph(int number) {
    return new LsiPort(new LsiId(1), number);
  }
}
