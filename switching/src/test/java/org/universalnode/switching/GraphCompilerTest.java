package org.universalnode.switching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.Match;
import org.universalnode.nffg.MatchFields;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;

/** The four cases of the split, and what they have in common. */
class GraphCompilerTest {
  private static final MatchFields WEB =
      MatchFields.ANY.with(HeaderField.PROTOCOL, "6").with(HeaderField.DEST_PORT, "80");

  @Test
  void betweenEndPointsTheRuleIsLsiZerosAlone() {
    CompiledGraph compiled = compile(rule("1", "endpoint:a", WEB, "endpoint:b"));
    assertThat(compiled.graph()).isEmpty();
    assertThat(compiled.links()).isEmpty();
    assertThat(compiled.base())
        .containsExactly(
            new SteeringRule(
                "g/1",
                10,
                physical("eth0"),
                WEB.withPrerequisites(),
                RuleAction.outputs(List.<PortName>of(physical("eth1")))));
  }

  @Test
  void fromAnEndPointToAFunctionTheMatchIsInLsiZero() {
    CompiledGraph compiled = compile(rule("1", "endpoint:a", WEB, "vnf:f:p:0"));
    PortName.Link link = new PortName.Link("vnf:f:p:0");
    assertThat(compiled.base())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.match()).isEqualTo(WEB.withPrerequisites());
              assertThat(rule.outputs()).containsExactly(link);
            });
    assertThat(compiled.graph())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.in()).isEqualTo(link);
              assertThat(rule.match()).isEqualTo(MatchFields.ANY);
              assertThat(rule.outputs()).containsExactly(function("vnf:f:p:0"));
            });
  }

  @Test
  void fromAFunctionToAnEndPointTheMatchIsInTheGraphsLsi() {
    CompiledGraph compiled = compile(rule("1", "vnf:f:p:0", WEB, "endpoint:b"));
    PortName.Link link = new PortName.Link("endpoint:b");
    assertThat(compiled.graph())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.match()).isEqualTo(WEB.withPrerequisites());
              assertThat(rule.outputs()).containsExactly(link);
            });
    assertThat(compiled.base())
        .singleElement()
        .satisfies(rule -> assertThat(rule.outputs()).containsExactly(physical("eth1")));
  }

  @Test
  void betweenFunctionsTheRuleIsTheGraphsAlone() {
    CompiledGraph compiled = compile(rule("1", "vnf:f:p:0", WEB, "vnf:f:p:1"));
    assertThat(compiled.base()).isEmpty();
    assertThat(compiled.graph()).hasSize(1);
  }

  @Test
  void oneLinkServesAllRulesThatGoToOneDestination() {
    CompiledGraph compiled =
        compile(
            rule("1", "endpoint:a", MatchFields.ANY, "vnf:f:p:0"),
            rule("2", "endpoint:b", MatchFields.ANY, "vnf:f:p:0"));
    assertThat(compiled.links()).hasSize(1);
    assertThat(compiled.base()).hasSize(2);
    assertThat(compiled.graph()).hasSize(1);
  }

  @Test
  void severalOutputsMayLieOnBothSides() {
    CompiledGraph compiled =
        compile(rule("1", "endpoint:a", MatchFields.ANY, "endpoint:b", "vnf:f:p:0", "vnf:f:p:1"));
    assertThat(compiled.base().getFirst().outputs())
        .containsExactly(
            physical("eth1"), new PortName.Link("vnf:f:p:0"), new PortName.Link("vnf:f:p:1"));
    assertThat(compiled.graph()).hasSize(2);
    assertThat(compiled.outerPorts()).containsOnly(physical("eth0"), physical("eth1"));
  }

  @Test
  void framesOfAVlanEndPointHaveNoTagInsideTheGraph() {
    SteeringRule in = compile(rule("1", "endpoint:vlan", WEB, "endpoint:b")).base().getFirst();
    assertThat(in.in()).isEqualTo(physical("eth0"));
    assertThat(in.match().get(HeaderField.VLAN)).contains(FieldMatch.vlan(25));
    assertThat(in.actions())
        .containsExactly(
            new RuleAction.PopVlan<>(), new RuleAction.Output<PortName>(physical("eth1")));
  }

  @Test
  void theTagOfAVlanEndPointIsForThatOutputOnly() {
    SteeringRule rule =
        compile(rule("1", "endpoint:b", MatchFields.ANY, "endpoint:vlan", "endpoint:a"))
            .base()
            .getFirst();
    assertThat(rule.actions())
        .containsExactly(
            new RuleAction.PushVlan<>(25),
            new RuleAction.Output<PortName>(physical("eth0")),
            new RuleAction.PopVlan<>(),
            new RuleAction.Output<PortName>(physical("eth0")));
  }

  @Test
  void whatAFunctionSendsToAVlanEndPointIsTaggedInLsiZero() {
    CompiledGraph compiled = compile(rule("1", "vnf:f:p:0", MatchFields.ANY, "endpoint:vlan"));
    assertThat(compiled.graph().getFirst().outputs())
        .containsExactly(new PortName.Link("endpoint:vlan"));
    assertThat(compiled.base().getFirst().actions())
        .containsExactly(
            new RuleAction.PushVlan<>(25), new RuleAction.Output<PortName>(physical("eth0")));
  }

  @Test
  void anInternalEndPointIsAPortOfItsGroup() {
    CompiledGraph compiled = compile(rule("1", "endpoint:group", MatchFields.ANY, "endpoint:a"));
    assertThat(compiled.base().getFirst().in()).isEqualTo(new PortName.Group("g/group", "lan"));
    assertThat(compiled.outerPorts()).hasSize(2);
  }

  @Test
  void framesOfATrustedPortGetItsAddressFirst() {
    CompiledGraph compiled = compile(rule("1", "vnf:t:p:0", MatchFields.ANY, "endpoint:a"));
    assertThat(compiled.graph().getFirst().actions().getFirst())
        .isEqualTo(new RuleAction.SetField<>(HeaderField.SOURCE_MAC, Bits.of(0x020000000001L)));
  }

  @Test
  void aRuleThatDropsHasNoActions() {
    FlowRule drop =
        new FlowRule(
            "1",
            10,
            "",
            Match.allFrom(PortRef.parse("endpoint:a")),
            List.of(new Action.PushVlan(7), new Action.Drop()));
    assertThat(compile(drop).base().getFirst().actions()).isEmpty();
  }

  private static CompiledGraph compile(FlowRule... rules) {
    List<EndPoint> endPoints =
        List.of(
            EndPoint.atInterface("a", "eth0"),
            EndPoint.atInterface("b", "eth1"),
            new EndPoint("vlan", "", new EndPoint.Kind.Vlan(25, "eth0", ""), "{}"),
            new EndPoint("group", "", new EndPoint.Kind.Internal("lan", ""), "{}"));
    FunctionPort trusted =
        new FunctionPort(
            PortLabel.parse("p:0"),
            "",
            Optional.of(MacAddress.parse("02:00:00:00:00:01")),
            Optional.empty(),
            true,
            "{}");
    NetworkFunction function = new NetworkFunction("t", "t", "", "", List.of(trusted), "{}");
    return GraphCompiler.compile(
        "g", new ServiceGraph("", "", List.of(function), endPoints, List.of(rules)));
  }

  private static FlowRule rule(String id, String from, MatchFields match, String... to) {
    List<Action> actions =
        Arrays.stream(to).<Action>map(port -> new Action.Output(PortRef.parse(port))).toList();
    return new FlowRule(id, 10, "", new Match(PortRef.parse(from), match), actions);
  }

  private static PortName.Physical physical(String name) {
    return new PortName.Physical(name);
  }

  private static PortName.OfFunction function(String port) {
    return new PortName.OfFunction((PortRef.OfFunction) PortRef.parse(port));
  }
}
