package org.universalnode.switching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.Match;
import org.universalnode.nffg.MatchFields;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;

/** The four cases of the split, and what they have in common. */
class GraphCompilerTest {
  private static final MatchFields WEB = MatchFields.ANY.withProtocol(6).withDestPort(80);

  @Test
  void betweenEndPointsTheRuleIsLsiZerosAlone() {
    CompiledGraph compiled = compile(rule("1", "endpoint:a", WEB, "endpoint:b"));
    assertThat(compiled.graph()).isEmpty();
    assertThat(compiled.links()).isEmpty();
    assertThat(compiled.base())
        .containsExactly(
            new SteeringRule(
                "g/1", 10, physical("eth0"), WEB.withPrerequisites(), List.of(physical("eth1"))));
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
    assertThat(compiled.interfaces()).containsOnly(physical("eth0"), physical("eth1"));
  }

  private static CompiledGraph compile(FlowRule... rules) {
    List<EndPoint> endPoints =
        List.of(EndPoint.atInterface("a", "eth0"), EndPoint.atInterface("b", "eth1"));
    return GraphCompiler.compile(
        "g", new ServiceGraph("", "", List.of(), endPoints, List.of(rules)));
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
