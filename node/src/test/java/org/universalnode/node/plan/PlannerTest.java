package org.universalnode.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.node.plan.DesiredGraphs.graph;
import static org.universalnode.node.plan.DesiredGraphs.noted;
import static org.universalnode.node.plan.DesiredGraphs.plugged;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.universalnode.compute.FunctionSpec;

class PlannerTest {
  @Test
  void aNewGraphIsBuiltAndSwitchedOnLast() {
    Plan plan = Planner.change(Optional.empty(), graph(Map.of("a", "{}", "b", "{}"), "eth0"));
    assertThat(texts(plan.build()))
        .containsExactly(
            "0 make the LSI []",
            "1 make function a [0]",
            "2 start function a [1]",
            "3 make function b [0]",
            "4 start function b [3]",
            "5 plug eth0 [0]",
            "6 make link to endpoint:1 [5]",
            "7 make link to vnf:a:in:0 [6]",
            "8 make link to vnf:b:in:0 [7]",
            "9 switch rules [2, 4, 8]");
    assertThat(plan.retire()).isEmpty();
  }

  @Test
  void aReplacedFunctionGoesAfterItsSuccessorHasTheTraffic() {
    DesiredGraph before = graph(Map.of("a", "{}"), "eth0");
    DesiredGraph after = follow(before, graph(Map.of("a", "{}"), "eth0", "/images/newer"));
    Plan plan = Planner.change(Optional.of(before), after);
    assertThat(texts(plan.build()))
        .containsExactly(
            "0 make function a#1 []", "1 start function a#1 [0]", "2 switch rules [1]");
    assertThat(texts(plan.retire())).containsExactly("0 remove function a []");
  }

  @Test
  void aRunningFunctionIsConfiguredWhenAllNewPartsAreThere() {
    DesiredGraph before = graph(Map.of("a", "{}"), "eth0");
    DesiredGraph after = follow(before, graph(Map.of("a", "{\"x\":1}", "b", "{}"), "eth0"));
    Plan plan = Planner.change(Optional.of(before), after);
    assertThat(texts(plan.build()))
        .containsExactly(
            "0 make function b []",
            "1 start function b [0]",
            "2 make link to vnf:b:in:0 []",
            "3 configure function a [1, 2]",
            "4 switch rules [3]");
  }

  @Test
  void aFunctionHasAllItsPortsUntilTheTrafficIsOnTheNewOnes() {
    Plan plan =
        Planner.change(Optional.of(plugged(true, "p:0", "p:1")), plugged(true, "p:1", "p:2"));
    assertThat(texts(plan.build()))
        .containsExactly(
            "0 plug ports of function a []", "1 configure function a [0]", "2 switch rules [1]");
    assertThat(texts(plan.retire())).containsExactly("0 unplug ports of function a []");
    assertThat(plan.build().get(1).step())
        .isInstanceOfSatisfying(
            Step.ConfigureFunction.class,
            step -> assertThat(step.function().spec().ports()).hasSize(3));
  }

  @Test
  void aGraphThatGoesSaysGoodbyeBeforeItsRulesGo() {
    DesiredGraph graph = graph(Map.of("a", "{}"), "eth0");
    Plan plan = Planner.removal(graph, graph.rules().outerPorts());
    assertThat(plan.build()).isEmpty();
    assertThat(texts(plan.retire()))
        .containsExactly(
            "0 end DHCP clients []",
            "1 stop function a [0]",
            "2 clear rules [1]",
            "3 remove function a [2]",
            "4 remove the LSI [3]",
            "5 unplug eth0 [4]");
  }

  @Test
  void whatMayBeDoneAtTheSameTimeTakesAsLongAsTheLongestOfIt() {
    Plan plan = Planner.change(Optional.empty(), graph(Map.of("a", "{}", "b", "{}"), "eth0"));
    Duration expected =
        plan.takes(
            step ->
                switch (step) {
                  case Step.StartFunction(DesiredGraph.PlacedFunction function) ->
                      Duration.ofMillis(function.id().equals("a") ? 30 : 20);
                  case Step.SwitchRules() -> Duration.ofMillis(5);
                  default -> Duration.ZERO;
                });
    assertThat(expected).isEqualTo(Duration.ofMillis(35));
  }

  @Test
  void nextIncarnationsAreCountedFromTheOneThatRuns() {
    DesiredGraph first = graph(Map.of("a", "{}"), "eth0");
    DesiredGraph second = follow(first, graph(Map.of("a", "{}"), "eth0", "/two"));
    DesiredGraph third = follow(second, graph(Map.of("a", "{}"), "eth0", "/three"));
    DesiredGraph same = follow(third, graph(Map.of("a", "{\"x\":1}"), "eth0", "/three"));
    assertThat(List.of(second, third, same))
        .extracting(graph -> spec(graph).id().incarnation())
        .containsExactly(1, 2, 2);
    assertThat(spec(second).ports()).isEqualTo(spec(first).ports());
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
    DesiredGraph after = graph(Map.of("a", "{}"), "eth0", "/images/newer");
    assertThat(after.graph()).isEqualTo(before.graph());
    assertThat(Planner.isCosmetic(before, after)).isFalse();
  }

  private static FunctionSpec spec(DesiredGraph graph) {
    return graph.functions().values().iterator().next().spec();
  }

  private static DesiredGraph follow(DesiredGraph before, DesiredGraph after) {
    return before.followedBy("machine", after.graph(), DesiredGraphs.placements(after));
  }

  private static List<String> texts(List<Task> tasks) {
    return tasks.stream()
        .map(
            task ->
                task.number() + " " + task.step() + " " + task.after().stream().sorted().toList())
        .toList();
  }
}
