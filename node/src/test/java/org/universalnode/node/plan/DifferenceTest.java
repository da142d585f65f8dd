package org.universalnode.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.node.plan.DesiredGraphs.graph;
import static org.universalnode.node.plan.DesiredGraphs.plugged;

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

  @Test
  void portsThatCanBePluggedUpdateTheFunctionInPlace() {
    Difference change =
        Difference.between(Optional.of(plugged(true, "p:0", "p:1")), plugged(true, "p:1", "p:2"));
    assertThat(change.added()).isEmpty();
    assertThat(change.updated())
        .singleElement()
        .satisfies(
            updated -> {
              assertThat(updated.plugs()).isTrue();
              assertThat(updated.unplugs()).isTrue();
              assertThat(updated.withEarlierPorts().spec().ports())
                  .extracting(port -> port.label().toString())
                  .containsExactly("p:1", "p:2", "p:0");
            });
  }

  @Test
  void portsThatCantBePluggedReplaceTheFunction() {
    for (boolean before : List.of(true, false)) {
      Difference change =
          Difference.between(Optional.of(plugged(before, "p:0")), plugged(!before, "p:0", "p:1"));
      assertThat(ids(change.added())).containsExactly("a");
      assertThat(change.updated()).isEmpty();
    }
  }

  @Test
  void thatPortsCanBePluggedFromNowOnReplacesNothing() {
    Difference change =
        Difference.between(Optional.of(plugged(false, "p:0")), plugged(true, "p:0"));
    assertThat(change.added()).isEmpty();
    assertThat(change.updated()).noneMatch(updated -> updated.plugs() || updated.unplugs());
  }

  private static List<String> ids(List<PlacedFunction> functions) {
    return functions.stream().map(function -> function.spec().id().function()).toList();
  }
}
