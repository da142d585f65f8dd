package org.universalnode.bench.graphs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.ServiceGraph;

class GraphTextTest {
  @Test
  void theLargestGraphReads() {
    ServiceGraph graph = GraphReader.read(GraphText.of(1_000, 10_000, 1));
    assertThat(graph.functions()).hasSize(1_000);
    assertThat(graph.endPoints()).hasSize(10);
    assertThat(graph.rules()).hasSize(10_000);
  }

  @Test
  void fourRulesShareAPortAndDifferInPriority() {
    ServiceGraph graph = GraphReader.read(GraphText.of(10, 100, 1));
    assertThat(graph.rules().subList(4, 8))
        .extracting(rule -> rule.match().portIn().toString())
        .containsOnly("vnf:00000000:inout:1");
    assertThat(graph.rules().subList(4, 8))
        .extracting(rule -> rule.priority())
        .containsExactly(40, 30, 20, 10);
  }

  @Test
  void theTextGrowsAsTheGraph() {
    double large = GraphText.of(1_000, 10_000, 1).length();
    assertThat(large / GraphText.of(100, 1_000, 1).length()).isBetween(9.9, 10.1);
  }

  @Test
  void oneSeedMakesOneText() {
    assertThat(GraphText.of(10, 100, 7)).isEqualTo(GraphText.of(10, 100, 7));
    assertThat(GraphText.of(10, 100, 7)).isNotEqualTo(GraphText.of(10, 100, 8));
  }

  @Test
  void moreRulesThanPortsAllowAreRefused() {
    assertThatThrownBy(() -> GraphText.of(1, 16, 1)).hasMessage("16 rules for 1 functions");
  }
}
