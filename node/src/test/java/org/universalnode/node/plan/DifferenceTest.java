package org.universalnode.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.node.plan.DesiredGraphs.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.switching.PortName;

class DifferenceTest {
  @Test
  void aNewGraphIsAllAdded() {
    Difference change = Difference.between(Optional.empty(), graph(Map.of("a", "{}"), "eth0"));
    assertThat(ids(change.added())).containsExactly("a");
    assertThat(change.ports().added()).containsExactly(new PortName.Physical("eth0"));
    assertThat(change.links().added()).hasSize(2);
    assertThat(change.removed()).isEmpty();
  }

  @Test
  void theSameGraphChangesNothing() {
    DesiredGraph graph = graph(Map.of("a", "{}"), "eth0");
    Difference change = Difference.between(Optional.of(graph), graph);
    assertThat(change.added()).isEmpty();
    assertThat(change.updated()).isEmpty();
    assertThat(change.removed()).isEmpty();
    assertThat(change.ports().removed()).isEmpty();
    assertThat(change.links().removed()).isEmpty();
  }

  @Test
  void anotherConfigurationUpdatesTheFunctionInPlace() {
    Difference change =
        Difference.between(
            Optional.of(graph(Map.of("a", "{}", "b", "{}"), "eth0")),
            graph(Map.of("a", "{\"x\":1}", "b", "{}"), "eth0"));
    assertThat(ids(change.updated().stream().map(Difference.Updated::function).toList()))
        .containsExactly("a");
    assertThat(change.added()).isEmpty();
    assertThat(change.removed()).isEmpty();
  }

  @Test
  void anotherImageReplacesTheFunction() {
    DesiredGraph before = graph(Map.of("a", "{}"), "eth0");
    DesiredGraph after = graph(Map.of("a", "{}"), "eth0", "/images/newer");
    Difference change = Difference.between(Optional.of(before), after);
    assertThat(ids(change.removed())).containsExactly("a");
    assertThat(ids(change.added())).containsExactly("a");
  }

  @Test
  void whatTheNewGraphDoesNotHaveGoes() {
    Difference change =
        Difference.between(
            Optional.of(graph(Map.of("a", "{}", "b", "{}"), "eth0")),
            graph(Map.of("a", "{}"), "eth1"));
    assertThat(ids(change.removed())).containsExactly("b");
    assertThat(change.added()).isEmpty();
    assertThat(change.ports().removed()).containsExactly(new PortName.Physical("eth0"));
    assertThat(change.links().removed()).containsExactly(new PortName.Link("vnf:b:in:0"));
  }

  private static List<String> ids(List<PlacedFunction> functions) {
    return functions.stream().map(function -> function.spec().id().function()).toList();
  }
}
