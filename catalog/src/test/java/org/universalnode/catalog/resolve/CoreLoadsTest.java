package org.universalnode.catalog.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Why all functions of a graph are given the same cores, those that have the least to do: compared
 * with every function having whatever cores it likes, neighbours on other cores costing what they
 * may.
 */
class CoreLoadsTest {
  private static final int ROUNDS = 500;

  @Test
  void theCoresWithTheLeastToDoComeFirstAndThenTheLesserNumbers() {
    CoreLoads loads = new CoreLoads(Map.of(0, 2, 1, 1, 2, 1, 3, 5));
    assertThat(loads.least(1)).containsExactly(1);
    assertThat(loads.least(3)).containsExactly(0, 1, 2);
    assertThat(loads.most(loads.least(3))).isEqualTo(2);
    assertThat(loads.least(9)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void noFunctionGainsAnythingByCoresOfItsOwn() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      CoreLoads loads = new RandomQuestions(random).loads();
      List<Integer> wanted = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        wanted.add(1 + random.nextInt(loads.count()));
      }
      int widest = wanted.stream().mapToInt(Integer::intValue).max().orElseThrow();
      assertThat(best(loads, wanted, random.nextInt(1_000)))
          .as("seed " + seed + " " + loads + " " + wanted)
          .isEqualTo(CostModel.cores(loads, widest));
    }
  }

  /** Of a chain of functions that want so many cores, over all ways to give them cores. */
  private static long best(CoreLoads loads, List<Integer> wanted, int crossing) {
    return best(loads, wanted, crossing, new ArrayList<>());
  }

  private static long best(
      CoreLoads loads, List<Integer> wanted, int crossing, List<Set<Integer>> given) {
    if (given.size() == wanted.size()) {
      return cost(loads, crossing, given);
    }
    long least = Long.MAX_VALUE;
    for (Set<Integer> cores : subsets(List.copyOf(loads.byCore().keySet()))) {
      if (cores.size() >= wanted.get(given.size())) {
        given.add(cores);
        least = Math.min(least, best(loads, wanted, crossing, given));
        given.removeLast();
      }
    }
    return least;
  }

  private static long cost(CoreLoads loads, int crossing, List<Set<Integer>> given) {
    Set<Integer> all = new HashSet<>();
    given.forEach(all::addAll);
    long cost = CostModel.MORE_CORES * (all.size() - 1) + CostModel.CORE_LOAD * loads.most(all);
    for (int i = 1; i < given.size(); i++) {
      cost += given.get(i).equals(given.get(i - 1)) ? 0 : crossing;
    }
    return cost;
  }

  private static List<Set<Integer>> subsets(List<Integer> cores) {
    List<Set<Integer>> subsets = new ArrayList<>();
    for (int bits = 1; bits < 1 << cores.size(); bits++) {
      Set<Integer> subset = new HashSet<>();
      for (int i = 0; i < cores.size(); i++) {
        if ((bits >> i & 1) == 1) {
          subset.add(cores.get(i));
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }
}
