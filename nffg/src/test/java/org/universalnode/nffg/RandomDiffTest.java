package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.diff.Change;
import org.universalnode.nffg.diff.Changes;
import org.universalnode.nffg.diff.GraphDiff;

/** Differences of generated graphs; these give their elements the same ids. */
class RandomDiffTest {
  private static final int GRAPHS = 400;

  @Test
  void aGraphDoesNotDifferFromItselfInWhateverOrder() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + GRAPHS; seed++) {
      ServiceGraph graph = new RandomGraphs(seed).graph(3, 8);
      ServiceGraph shuffled = shuffled(graph, new Random(seed));

      assertThat(GraphDiff.between(graph, graph).isEmpty()).as("seed %d", seed).isTrue();
      assertThat(GraphDiff.between(graph, shuffled).isEmpty()).as("seed %d", seed).isTrue();
      assertThat(GraphDiff.between(shuffled, graph).isCosmetic()).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void aGraphWithItsDifferenceIsTheOtherGraph() {
    long first = System.nanoTime();
    int changed = 0;
    for (long seed = first; seed < first + GRAPHS; seed++) {
      ServiceGraph before = new RandomGraphs(seed).graph(3, 8);
      ServiceGraph after = mixed(before, new RandomGraphs(-seed).graph(3, 8), new Random(seed));

      GraphDiff diff = GraphDiff.between(before, after);

      String as = "seed " + seed;
      check(as, before.functions(), after.functions(), diff.functions(), NetworkFunction::id);
      check(as, before.endPoints(), after.endPoints(), diff.endPoints(), EndPoint::id);
      check(as, before.rules(), after.rules(), diff.rules(), FlowRule::id);
      check(as, before.nodeSettings(), after.nodeSettings(), diff.nodeSettings(), NodeSetting::id);
      assertMirrored(as, diff, GraphDiff.between(after, before));
      changed += diff.rules().changed().size();
    }
    assertThat(changed).isPositive();
  }

  private static <T> void check(
      String as, List<T> before, List<T> after, Changes<T> changes, Function<T, String> id) {
    Map<String, T> applied = before.stream().collect(Collectors.toMap(id, Function.<T>identity()));
    changes.removed().forEach(element -> assertThat(applied.remove(id.apply(element))).isNotNull());
    for (Change<T> change : changes.changed()) {
      assertThat(change.aspects()).as(as).isNotEmpty();
      assertThat(change.before()).as(as).isNotEqualTo(change.after());
      assertThat(applied.put(id.apply(change.after()), change.after()))
          .as(as)
          .isEqualTo(change.before());
    }
    for (T element : changes.added()) {
      assertThat(applied.put(id.apply(element), element)).as(as).isNull();
    }
    assertThat(applied.values()).as(as).containsExactlyInAnyOrderElementsOf(after);
  }

  private static void assertMirrored(String as, GraphDiff diff, GraphDiff back) {
    assertThat(back.rules().added()).as(as).hasSameElementsAs(diff.rules().removed());
    assertThat(back.functions().removed()).as(as).hasSameElementsAs(diff.functions().added());
    assertThat(back.endPoints().changed()).as(as).hasSameSizeAs(diff.endPoints().changed());
    assertThat(back.notes()).as(as).isEqualTo(diff.notes());
    assertThat(back.isCosmetic()).as(as).isEqualTo(diff.isCosmetic());
  }

  /** Some elements of one graph, some of the other: some equal ones, some new, some gone. */
  private static ServiceGraph mixed(ServiceGraph one, ServiceGraph two, Random random) {
    return new ServiceGraph(
        one.name(),
        two.description(),
        mixed(one.functions(), two.functions(), NetworkFunction::id, random),
        mixed(one.endPoints(), two.endPoints(), EndPoint::id, random),
        mixed(one.rules(), two.rules(), FlowRule::id, random),
        mixed(one.nodeSettings(), two.nodeSettings(), NodeSetting::id, random),
        one.extras());
  }

  private static <T> List<T> mixed(
      List<T> one, List<T> two, Function<T, String> id, Random random) {
    Map<String, T> all = one.stream().collect(Collectors.toMap(id, Function.<T>identity()));
    two.stream().filter(element -> random.nextBoolean()).forEach(e -> all.put(id.apply(e), e));
    return all.values().stream().filter(element -> random.nextInt(5) > 0).toList();
  }

  private static ServiceGraph shuffled(ServiceGraph graph, Random random) {
    return new ServiceGraph(
        graph.name(),
        graph.description(),
        shuffled(graph.functions(), random),
        shuffled(graph.endPoints(), random),
        shuffled(graph.rules(), random),
        shuffled(graph.nodeSettings(), random),
        graph.extras());
  }

  private static <T> List<T> shuffled(List<T> elements, Random random) {
    List<T> copy = new ArrayList<>(elements);
    Collections.shuffle(copy, random);
    return copy;
  }
}
