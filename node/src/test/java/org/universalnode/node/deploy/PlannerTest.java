package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.Match;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.deploy.DesiredGraph.PlacedFunction;
import org.universalnode.node.store.Placement;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.PortName;

class PlannerTest {
  private static final PortLabel IN = PortLabel.parse("in:0");

  @Test
  void aNewGraphIsAllAdded() {
    Plan plan = Planner.plan(Optional.empty(), graph(Map.of("a", "{}"), "eth0"));
    assertThat(ids(plan.added())).containsExactly("a");
    assertThat(plan.interfaces()).containsExactly(new PortName.Physical("eth0"));
    assertThat(plan.links().wanted()).hasSize(2);
    assertThat(plan.removed()).isEmpty();
  }

  @Test
  void theSameGraphChangesNothing() {
    DesiredGraph graph = graph(Map.of("a", "{}"), "eth0");
    Plan plan = Planner.plan(Optional.of(graph), graph);
    assertThat(plan.added()).isEmpty();
    assertThat(plan.updated()).isEmpty();
    assertThat(plan.removed()).isEmpty();
    assertThat(plan.freed()).isEmpty();
    assertThat(plan.links().dropped()).isEmpty();
  }

  @Test
  void anotherConfigurationUpdatesTheFunctionInPlace() {
    Plan plan =
        Planner.plan(
            Optional.of(graph(Map.of("a", "{}", "b", "{}"), "eth0")),
            graph(Map.of("a", "{\"x\":1}", "b", "{}"), "eth0"));
    assertThat(ids(plan.updated())).containsExactly("a");
    assertThat(plan.added()).isEmpty();
    assertThat(plan.removed()).isEmpty();
  }

  @Test
  void anotherImageReplacesTheFunction() {
    DesiredGraph before = graph(Map.of("a", "{}"), "eth0");
    DesiredGraph after = graph(Map.of("a", "{}"), "eth0", Path.of("/images/newer"));
    Plan plan = Planner.plan(Optional.of(before), after);
    assertThat(ids(plan.replaced())).containsExactly("a");
    assertThat(ids(plan.added())).containsExactly("a");
  }

  @Test
  void whatTheNewGraphDoesNotHaveGoes() {
    Plan plan =
        Planner.plan(
            Optional.of(graph(Map.of("a", "{}", "b", "{}"), "eth0")),
            graph(Map.of("a", "{}"), "eth1"));
    assertThat(ids(plan.removed())).containsExactly("b");
    assertThat(plan.replaced()).isEmpty();
    assertThat(plan.freed()).containsExactly(new PortName.Physical("eth0"));
    assertThat(plan.links().dropped()).containsExactly(new PortName.Link("vnf:b:in:0"));
  }

  private static List<String> ids(List<PlacedFunction> functions) {
    return functions.stream().map(function -> function.spec().id().function()).toList();
  }

  private static DesiredGraph graph(Map<String, String> configurations, String interfaceName) {
    return graph(configurations, interfaceName, Path.of("/images/one"));
  }

  /** Each function gets a rule from the interface and one back. */
  private static DesiredGraph graph(
      Map<String, String> configurations, String interfaceName, Path image) {
    List<NetworkFunction> functions =
        configurations.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                entry ->
                    new NetworkFunction(
                        entry.getKey(),
                        "",
                        "cap",
                        "",
                        List.of(new FunctionPort(IN)),
                        entry.getValue()))
            .toList();
    PortRef outside = new PortRef.OfEndPoint("1");
    List<FlowRule> rules =
        functions.stream()
            .flatMap(
                function -> {
                  PortRef port = new PortRef.OfFunction(function.id(), IN);
                  return java.util.stream.Stream.of(
                      rule(function.id() + "-in", outside, port),
                      rule(function.id() + "-out", port, outside));
                })
            .toList();
    ServiceGraph graph =
        new ServiceGraph(
            "g", "", functions, List.of(EndPoint.atInterface("1", interfaceName)), rules);
    Map<String, Placement> placements = new LinkedHashMap<>();
    functions.forEach(
        f -> placements.put(f.id(), new Placement("t", "native", image, 64, List.of(IN))));
    return DesiredGraph.of(
        "machine", new DesiredGraph.StoredIdentity("g", new LsiId(1)), graph, placements);
  }

  private static FlowRule rule(String id, PortRef from, PortRef to) {
    return new FlowRule(id, 1, "", Match.allFrom(from), List.of(new Action.Output(to)));
  }
}
