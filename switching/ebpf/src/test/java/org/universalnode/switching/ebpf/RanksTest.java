package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.SwitchRule;

class RanksTest {
  @Test
  void ranksHaveTheDecidingOrderWhateverComesAndGoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeSet<SwitchRule> table = new TreeSet<>(SwitchRule.DECIDING_ORDER);
    Map<SwitchRule, Long> known = new HashMap<>();
    for (int step = 0; step < 3_000; step++) {
      SwitchRule rule = rule(random.nextInt(4) * 21845, "r" + random.nextInt(200));
      if (!table.remove(rule)) {
        table.add(rule);
      }
      known.keySet().retainAll(table);
      List<SwitchRule> ordered = List.copyOf(table);
      long[] ranks = Ranks.of(ordered, each -> known(known, each)).orElseThrow();
      for (int i = 0; i < ranks.length; i++) {
        Long before = known.put(ordered.get(i), ranks[i]);
        assertThat(before).as("seed %d step %d", seed, step).isIn(null, ranks[i]);
      }
      assertThat(ranks).as("seed %d step %d", seed, step).isSorted().doesNotHaveDuplicates();
      assertThat(LongStream.of(ranks)).allMatch(rank -> rank > 0);
    }
  }

  @Test
  void asManyRulesOfOnePriorityAsTheMapsHoldAreNumbered() {
    List<SwitchRule> many = new ArrayList<>();
    for (int i = 0; i < 262_144; i++) {
      many.add(rule(7, Integer.toString(i)));
    }
    assertThat(Ranks.of(many, _ -> OptionalLong.empty()))
        .hasValueSatisfying(ranks -> assertThat(ranks).isSorted());
  }

  @Test
  void thereIsRoomForManyRulesBeforeAndAfterAllOthers() {
    Map<SwitchRule, Long> known = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      List<SwitchRule> ordered = new ArrayList<>(known.keySet());
      ordered.add(rule(7, i % 2 == 0 ? "a" + (9_999 - i) : "b" + (1_000 + i)));
      ordered.sort(SwitchRule.DECIDING_ORDER);
      long[] ranks = Ranks.of(ordered, each -> known(known, each)).orElseThrow();
      assertThat(ranks).isSorted().doesNotHaveDuplicates();
      for (int at = 0; at < ranks.length; at++) {
        known.put(ordered.get(at), ranks[at]);
      }
    }
  }

  @Test
  void whereThereIsNoRoomNothingIsNumbered() {
    Map<SwitchRule, Long> known = Map.of(rule(1, "a"), 70L << 47, rule(1, "c"), (70L << 47) + 1);
    List<SwitchRule> ordered = List.of(rule(1, "a"), rule(1, "b"), rule(1, "c"));
    assertThat(Ranks.of(ordered, each -> known(known, each))).isEmpty();
  }

  @Test
  void roomBetweenTwoNeighboursLastsForDozensOfRules() {
    Map<SwitchRule, Long> known = new HashMap<>();
    List<SwitchRule> ordered = new ArrayList<>(List.of(rule(1, "a"), rule(1, "z")));
    int added = 0;
    Optional<long[]> ranks = Ranks.of(ordered, _ -> OptionalLong.empty());
    while (ranks.isPresent()) {
      for (int i = 0; i < ordered.size(); i++) {
        known.put(ordered.get(i), ranks.get()[i]);
      }
      ordered.add(1, rule(1, "b" + "a".repeat(100 - added++)));
      ranks = Ranks.of(ordered, each -> known(known, each));
    }
    assertThat(added).isBetween(25, 60);
  }

  private static OptionalLong known(Map<SwitchRule, Long> known, SwitchRule rule) {
    return known.containsKey(rule) ? OptionalLong.of(known.get(rule)) : OptionalLong.empty();
  }

  private static SwitchRule rule(int priority, String id) {
    return new SwitchRule(id, priority, MatchFields.ANY, List.of());
  }
}
