package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.universalnode.node.deploy.CorePlan.Demand;

class CorePlanTest {
  private static final Set<Integer> TWO = Set.of(0, 1);

  @Test
  void graphsAreDealtToTheCoresWithTheLeastFunctions() {
    CorePlan plan = plan(CorePlan.NONE, one("a"), one("b"), one("c"), one("d"));
    assertThat(plan.byGraph())
        .isEqualTo(Map.of("a", Set.of(0), "b", Set.of(1), "c", Set.of(0), "d", Set.of(1)));
  }

  @Test
  void aLongChainIsOnOneCoreAndShortOnesOnTheOther() {
    CorePlan plan = plan(CorePlan.NONE, one("a"), one("b"), new Demand("chain", 3, 1));
    assertThat(plan.byGraph())
        .isEqualTo(Map.of("chain", Set.of(0), "a", Set.of(1), "b", Set.of(1)));
  }

  @Test
  void aGraphThatNeedsTwoCoresHasThem() {
    assertThat(plan(CorePlan.NONE, new Demand("a", 1, 2)).byGraph()).containsEntry("a", TWO);
  }

  @Test
  void aGraphStaysWhereItIsForASmallDifference() {
    CorePlan before = plan(CorePlan.NONE, one("a"), one("b"), one("c"));
    CorePlan after = plan(before, one("a"), one("c"));
    assertThat(after.byGraph()).isEqualTo(Map.of("a", Set.of(0), "c", Set.of(0)));
  }

  @Test
  void graphsMoveToCoresThatOthersHaveLeft() {
    CorePlan before =
        plan(CorePlan.NONE, one("a"), one("b"), one("c"), one("d"), one("e"), one("f"));
    CorePlan after = plan(before, one("a"), one("c"), one("e"));
    assertThat(loads(after, List.of(one("a"), one("c"), one("e"))).values())
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void coresThatAreGoneAreUsedNoLonger() {
    CorePlan before = plan(CorePlan.NONE, one("a"), one("b"));
    assertThat(CorePlan.of(List.of(one("a"), one("b")), Set.of(1), before).byGraph())
        .isEqualTo(Map.of("a", Set.of(1), "b", Set.of(1)));
  }

  /**
   * With graphs of one function no core has two functions more than another, whatever came before.
   */
  @Test
  void whateverComesAndGoesTheLoadStaysEven() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<Integer> cores = Set.of(0, 1, 2, 3);
    CorePlan plan = CorePlan.NONE;
    for (int round = 0; round < 2_000; round++) {
      List<Demand> demands = new ArrayList<>();
      for (int graph = 0; graph < 20; graph++) {
        if (random.nextBoolean()) {
          demands.add(one("g" + graph));
        }
      }
      plan = CorePlan.of(demands, cores, plan);
      Map<Integer, Integer> loads = loads(plan, demands);
      int most = cores.stream().mapToInt(core -> loads.getOrDefault(core, 0)).max().orElseThrow();
      int least = cores.stream().mapToInt(core -> loads.getOrDefault(core, 0)).min().orElseThrow();
      assertThat(most - least).as("seed %s, round %s", seed, round).isLessThanOrEqualTo(2);
      assertThat(plan.byGraph()).hasSize(demands.size());
    }
  }

  private static Map<Integer, Integer> loads(CorePlan plan, List<Demand> demands) {
    Map<Integer, Integer> loads = new HashMap<>();
    for (Demand demand : demands) {
      plan.byGraph()
          .getOrDefault(demand.graph(), Set.of())
          .forEach(core -> loads.merge(core, demand.functions(), Integer::sum));
    }
    return loads;
  }

  private static Demand one(String graph) {
    return new Demand(graph, 1, 1);
  }

  private static CorePlan plan(CorePlan before, Demand... demands) {
    return CorePlan.of(List.of(demands), TWO, before);
  }
}
