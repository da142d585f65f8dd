package org.universalnode.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.node.plan.DesiredGraphs.graph;
import static org.universalnode.node.plan.DesiredGraphs.noted;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.diff.Aspect;
import org.universalnode.node.plan.Prediction.Interfaces;
import org.universalnode.node.plan.Prediction.Links;
import org.universalnode.node.plan.Prediction.Outcome;
import org.universalnode.node.plan.Predictor.Before;
import org.universalnode.switching.PortName;

class PredictorTest {
  private static final Set<PortName.Outer> ALONE = Set.of();

  @Test
  void aNewGraphIsMadeWhole() {
    Prediction plan = predict(Before.NEW, graph(Map.of("a", "{}"), "eth0"), ALONE);
    assertThat(plan.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(plan.changes()).isTrue();
    assertThat(plan.cosmetic()).isFalse();
    assertThat(plan.notes()).isFalse();
    assertThat(steps(plan)).containsExactly("START a []");
    assertThat(plan.functions().getFirst().placement().template()).isEqualTo("t");
    assertThat(plan.endPoints().changes().added()).extracting(EndPoint::id).containsExactly("1");
    assertThat(plan.rules().changes().added())
        .extracting(FlowRule::id)
        .containsExactly("a-in", "a-out");
    assertThat(plan.rules().kept()).isZero();
    assertThat(plan.interfaces()).isEqualTo(new Interfaces(List.of("eth0"), List.of()));
    assertThat(plan.links()).isEqualTo(new Links(2, 0, 0));
  }

  @Test
  void theSameGraphIsKept() {
    DesiredGraph same = graph(Map.of("a", "{}"), "eth0");
    Prediction plan = predict(running(same), same, ALONE);
    assertThat(plan.outcome()).isEqualTo(Outcome.KEPT);
    assertThat(plan.changes()).isFalse();
    assertThat(steps(plan)).containsExactly("KEEP a []");
    assertThat(plan.endPoints().kept()).isEqualTo(1);
    assertThat(plan.rules().kept()).isEqualTo(2);
    assertThat(plan.interfaces()).isEqualTo(new Interfaces(List.of(), List.of()));
    assertThat(plan.links()).isEqualTo(new Links(0, 0, 2));
  }

  @Test
  void otherNotesChangeTheDocumentOnly() {
    DesiredGraph before = graph(Map.of("a", "{}", "b", "{}"), "eth0");
    Prediction plan = predict(running(before), noted(before), ALONE);
    assertThat(plan.outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(plan.cosmetic()).isTrue();
    assertThat(plan.notes()).isTrue();
    assertThat(steps(plan)).containsExactly("KEEP b []", "KEEP a []");
    assertThat(plan.rules().changes().changed())
        .hasSize(4)
        .allSatisfy(change -> assertThat(change.aspects()).containsExactly(Aspect.NOTES));
  }

  @Test
  void everyFunctionHasItsStep() {
    DesiredGraph before = graph(Map.of("a", "{}", "b", "{}", "c", "{}"), "eth0");
    DesiredGraph after = graph(Map.of("a", "{}", "b", "{\"x\":1}", "d", "{}"), "eth0");
    Prediction plan = predict(running(before), after, ALONE);
    assertThat(steps(plan))
        .containsExactly("KEEP a []", "UPDATE b [configuration]", "START d []", "STOP c []");
    assertThat(plan.rules().changes().removed())
        .extracting(FlowRule::id)
        .containsExactly("c-in", "c-out");
    assertThat(plan.rules().kept()).isEqualTo(4);
    assertThat(plan.links()).isEqualTo(new Links(1, 1, 3));
  }

  @Test
  void anotherImageOfTheSameTemplateReplacesTheFunctionThoughTheDocumentIsTheSame() {
    DesiredGraph before = graph(Map.of("a", "{}"), "eth0");
    DesiredGraph after = graph(Map.of("a", "{}"), "eth0", "/images/newer");
    Prediction plan = predict(running(before), after, ALONE);
    assertThat(plan.changes()).isTrue();
    assertThat(plan.cosmetic()).isFalse();
    assertThat(steps(plan)).containsExactly("REPLACE a [implementation]");
  }

  @Test
  void anInterfaceThatAnotherGraphUsesIsNeitherTakenNorGivenBack() {
    DesiredGraph before = graph(Map.of("a", "{}"), "eth0");
    DesiredGraph after = graph(Map.of("a", "{}"), "eth1");
    assertThat(predict(running(before), after, ALONE).interfaces())
        .isEqualTo(new Interfaces(List.of("eth1"), List.of("eth0")));
    assertThat(predict(running(before), after, ports("eth0")).interfaces())
        .isEqualTo(new Interfaces(List.of("eth1"), List.of()));
    assertThat(predict(running(before), after, ports("eth0", "eth1")).interfaces())
        .isEqualTo(new Interfaces(List.of(), List.of()));
  }

  @Test
  void anEndPointThatMovesSaysSo() {
    DesiredGraph before = graph(Map.of("a", "{}"), "eth0");
    Prediction plan = predict(running(before), graph(Map.of("a", "{}"), "eth1"), ALONE);
    assertThat(plan.endPoints().changes().changed().getFirst().aspects())
        .containsExactly(Aspect.ATTACHMENT);
    assertThat(plan.endPoints().kept()).isZero();
    assertThat(plan.rules().kept()).isEqualTo(2);
  }

  @Test
  void aGraphOfWhichNobodyKnowsWhatRunsIsRestoredEvenByItsOwnDocument() {
    DesiredGraph known = graph(Map.of("a", "{}", "b", "{}"), "eth0");
    Before failed = new Before(Optional.of(known), Optional.empty());
    Prediction same = predict(failed, known, ALONE);
    assertThat(same.outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(same.cosmetic()).isFalse();
    assertThat(steps(same)).containsExactly("START a []", "START b []");
    assertThat(same.interfaces().taken()).containsExactly("eth0");
    Prediction less = predict(failed, graph(Map.of("a", "{}"), "eth1"), ALONE);
    assertThat(steps(less)).containsExactly("START a []", "STOP b []");
    assertThat(less.interfaces()).isEqualTo(new Interfaces(List.of("eth1"), List.of("eth0")));
  }

  private static List<String> steps(Prediction plan) {
    return plan.functions().stream()
        .map(function -> function.becoming() + " " + function.id() + " " + function.aspects())
        .toList();
  }

  private static Prediction predict(Before before, DesiredGraph after, Set<PortName.Outer> shared) {
    return Predictor.predict(before, after, shared, _ -> Duration.ofMillis(1));
  }

  private static Before running(DesiredGraph graph) {
    return new Before(Optional.of(graph), Optional.of(graph));
  }

  private static Set<PortName.Outer> ports(String... names) {
    return Set.of(names).stream()
        .<PortName.Outer>map(PortName.Physical::new)
        .collect(java.util.stream.Collectors.toSet());
  }
}
