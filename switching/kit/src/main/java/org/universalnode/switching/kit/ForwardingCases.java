package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.universalnode.switching.kit.TestSwitch.GRAPH;
import static org.universalnode.switching.kit.TestSwitch.forward;
import static org.universalnode.switching.kit.TestSwitch.output;
import static org.universalnode.switching.kit.TestSwitch.outputs;
import static org.universalnode.switching.kit.TestSwitch.rule;
import static org.universalnode.switching.kit.TestSwitch.set;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.EndPointType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.reference.Frame;

/** Which rule decides, and where frames go. */
abstract class ForwardingCases extends ConformanceCases {
  private static final int CASES = 5_000;

  ForwardingCases(SwitchDriverConformance suite) {
    super(suite);
  }

  @Test
  void withoutRulesEverythingIsDropped() {
    LsiPort in = tested.machinePort();
    tested.machinePort();
    tested.expectAgreement(in, some());
    tested.expectAgreement(tested.functionPort(), some());
  }

  @Test
  void theHigherPriorityDecidesAndBetweenEqualsTheLesserId() {
    LsiPort in = tested.machinePort();
    LsiPort one = tested.machinePort();
    LsiPort two = tested.machinePort();
    MatchFields web =
        MatchFields.ANY.with(HeaderField.PROTOCOL, "6").with(HeaderField.DEST_PORT, "80");
    MatchFields tcp = MatchFields.ANY.with(HeaderField.PROTOCOL, "6");
    tested.apply(
        in,
        rule("low", 1, web, outputs(one)),
        rule("b", 5, tcp, outputs(one)),
        rule("a", 5, MatchFields.ANY.with(HeaderField.IPV4_SOURCE, "10.0.0.1"), outputs(two)));
    tested.expectAgreement(
        in,
        frame("tcp 10.0.0.1:9 -> 10.0.0.2:80"),
        frame("tcp 10.0.0.9:9 -> 10.0.0.2:80"),
        frame("udp 10.0.0.1:9 -> 10.0.0.2:80"),
        frame("udp 10.0.0.9:9 -> 10.0.0.2:80"));
  }

  @Test
  void eachOutputGetsTheFrameAsItIsByThen() {
    assumeTrue(tested.driver().features().actions().contains(ActionType.SET_FIELD));
    LsiPort in = tested.machinePort();
    LsiPort one = tested.machinePort();
    VirtualLink link = tested.layout().connect(GRAPH, "a");
    LsiPort function = tested.functionPort();
    List<RuleAction<Integer>> actions =
        List.of(
            output(one),
            set(HeaderField.IP_DSCP, "46"),
            output(link.base()),
            set(HeaderField.IPV4_DEST, "10.0.0.77"),
            new RuleAction.PushVlan<>(25),
            output(in),
            new RuleAction.PopVlan<>(),
            output(one));
    tested.apply(
        Map.of(
            in,
            List.of(rule("r", 1, MatchFields.ANY, actions)),
            link.graph(),
            List.of(forward("in", function, function))));
    tested.expectAgreement(in, some());
  }

  @Test
  void aLinkLeadsThroughTheGraphAndBack() {
    LsiPort lan = tested.machinePort();
    LsiPort wan = tested.machinePort();
    LsiPort left = tested.functionPort();
    LsiPort right = tested.functionPort();
    VirtualLink up = tested.layout().connect(GRAPH, "up");
    VirtualLink down = tested.layout().connect(GRAPH, "down");
    tested.apply(
        Map.of(
            lan,
            List.of(forward("1", up.base(), wan)),
            up.graph(),
            List.of(forward("2", left, down.graph())),
            right,
            List.of(forward("3", down.graph(), left)),
            down.base(),
            List.of(forward("4", wan, lan))));
    tested.expectAgreement(lan, some());
    tested.expectAgreement(right, some());
  }

  @Test
  void aLearningGroupFloodsLearnsAndFollowsMoves() {
    assumeTrue(tested.driver().features().endPoints().contains(EndPointType.INTERNAL));
    LsiPort[] at = {tested.machinePort(), tested.machinePort(), tested.machinePort()};
    for (int i = 0; i < at.length; i++) {
      LsiPort member = tested.layout().join("shared", "g" + i + "/internal");
      tested.apply(Map.of(at[i], List.of(forward("in" + i, member))));
      tested.apply(Map.of(member, List.of(forward("out" + i, at[i]))));
    }
    String to = " src-mac 02:00:00:00:00:0a dst-mac 02:00:00:00:00:0b";
    String back = " src-mac 02:00:00:00:00:0b dst-mac 02:00:00:00:00:0a";
    expectAt(at[0], to, at[1], at[2]);
    expectAt(at[1], back, at[0]);
    expectAt(at[0], to, at[1]);
    expectAt(at[2], back, at[0]);
    expectAt(at[0], to, at[2]);
    expectAt(at[2], to); // what is sent towards itself goes nowhere
  }

  @Test
  void aMemberThatLeavesIsForgotten() {
    assumeTrue(tested.driver().features().endPoints().contains(EndPointType.INTERNAL));
    LsiPort one = tested.machinePort();
    LsiPort two = tested.machinePort();
    LsiPort first = tested.layout().join("shared", "a");
    LsiPort second = tested.layout().join("shared", "b");
    tested.apply(Map.of(one, List.of(forward("1", first)), two, List.of(forward("2", second))));
    tested.apply(Map.of(first, List.of(forward("3", one)), second, List.of(forward("4", two))));
    expectAt(one, " dst-mac ff:ff:ff:ff:ff:ff", two);
    tested.driver().deletePort(second).orThrow();
    expectAt(one, " dst-mac ff:ff:ff:ff:ff:ff");
  }

  @Test
  void oneLsiDoesWhatTheReferenceSays() {
    compare(Layout::oneLsi);
  }

  @Test
  void graphsBehindLinksDoWhatTheReferenceSays() {
    compare(Layout::graphs);
  }

  /** Some thousand random cases; the seed is in the message of a failure. */
  private void compare(UnaryOperator<Layout> shape) {
    Layout layout = shape.apply(tested.layout());
    RealFrames way = new RealFrames(tested.driver(), layout, tested.wires(), () -> {});
    Differential differential = new Differential(layout, tested.driver().features(), List.of(way));
    Optional<Disagreement> found = differential.run(System.nanoTime(), CASES);
    assertThat(found).isEmpty();
    assertThat(differential.coverage().left()).isGreaterThan(CASES / 5);
    assertThat(differential.coverage().changed()).isGreaterThan(CASES / 10);
  }

  private void expectAt(LsiPort from, String macs, LsiPort... receivers) {
    Frame frame = frame("udp 10.0.0.1:5 -> 10.0.0.2:6" + macs);
    assertThat(tested.seenAfter(from, frame)).containsExactlyInAnyOrder(receivers);
  }

  private static Frame[] some() {
    return new Frame[] {
      frame("tcp 10.0.0.1:1234 -> 10.0.0.2:80"),
      frame("udp [2001:db8::1]:53 -> [2001:db8::2]:5353 vlan 7"),
      frame("arp who-has 10.0.0.1 tell 10.0.0.2"),
    };
  }
}
