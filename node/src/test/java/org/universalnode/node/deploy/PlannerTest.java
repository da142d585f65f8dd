package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.node.deploy.DesiredGraphs.graph;
import static org.universalnode.node.deploy.DesiredGraphs.noted;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.universalnode.node.deploy.DesiredGraph.PlacedFunction;
import org.universalnode.switching.PortName;

class PlannerTest {
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

  @Test
  void anotherOrderOrDescriptionIsCosmetic() {
    DesiredGraph before = graph(Map.of("a", "{}", "b", "{}"), "eth0");
    DesiredGraph after = noted(before);
    assertThat(after.graph()).isNotEqualTo(before.graph());
    assertThat(Planner.isCosmetic(before, after)).isTrue();
    assertThat(Planner.isCosmetic(before, before)).isTrue();
  }

  @Test
  void whatTouchesAFunctionOrARuleIsNotCosmetic() {
    DesiredGraph before = graph(Map.of("a", "{}"), "eth0");
    assertThat(Planner.isCosmetic(before, graph(Map.of("a", "{\"x\":1}"), "eth0"))).isFalse();
    assertThat(Planner.isCosmetic(before, graph(Map.of("a", "{}"), "eth1"))).isFalse();
    assertThat(Planner.isCosmetic(before, graph(Map.of(), "eth0"))).isFalse();
  }

  @Test
  void theSameDocumentWithAnotherImageIsNotCosmetic() {
    DesiredGraph before = graph(Map.of("a", "{}"), "eth0");
    DesiredGraph after = graph(Map.of("a", "{}"), "eth0", Path.of("/images/newer"));
    assertThat(after.graph()).isEqualTo(before.graph());
    assertThat(Planner.isCosmetic(before, after)).isFalse();
  }

  private static List<String> ids(List<PlacedFunction> functions) {
    return functions.stream().map(function -> function.spec().id().function()).toList();
  }
}
