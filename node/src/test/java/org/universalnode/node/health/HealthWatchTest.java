package org.universalnode.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.universalnode.compute.InstanceId;
import org.universalnode.problem.Result;

/** The threads: what is decided is done, at once, and one function does not wait for another. */
class HealthWatchTest {
  private static final Pace FAST =
      new Pace(Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofMillis(10));

  private final FunctionName slow = new FunctionName("a", "slow");
  private final FunctionName quick = new FunctionName("b", "quick");
  private final Set<FunctionName> broken = ConcurrentHashMap.newKeySet();
  private final List<FunctionHealth> told = new CopyOnWriteArrayList<>();

  @Test
  void whatIsDisturbedIsRestartedWithinMilliseconds() {
    broken.add(quick);
    try (HealthWatch watch = watch(name -> broken.remove(name))) {
      watch.keep(List.of(quick));
      watch.disturbed(new InstanceId("b", "quick"));
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> told.size() == 3);
      assertThat(watch.health()).containsEntry(quick, new FunctionHealth.Well());
    }
  }

  @Test
  void aRestartThatTakesLongKeepsNoOtherFromBeingRestarted() {
    broken.addAll(List.of(slow, quick));
    try (HealthWatch watch = watch(this::restartSlowly)) {
      watch.keep(List.of(slow, quick));
      watch.disturbed(new InstanceId("a", "slow"));
      Awaitility.await().until(() -> watch.health().get(slow) instanceof FunctionHealth.Restarting);
      watch.disturbed(new InstanceId("b", "quick"));
      Awaitility.await().until(() -> !broken.contains(quick));
      assertThat(watch.health().get(slow)).isInstanceOf(FunctionHealth.Restarting.class);
      broken.clear();
      Awaitility.await().until(() -> watch.health().get(slow) instanceof FunctionHealth.Well);
    }
  }

  @Test
  void whatNobodyTellsOfIsFoundByTheRound() {
    try (HealthWatch watch = watch(name -> broken.remove(name))) {
      watch.keep(List.of(slow, quick));
      broken.add(quick);
      Awaitility.await().until(() -> !broken.contains(quick));
    }
  }

  private HealthWatch watch(java.util.function.Consumer<FunctionName> restart) {
    return new HealthWatch(
        FAST,
        RestartPolicy.DEFAULT,
        name -> broken.contains(name) ? new Finding.Broken("gone") : new Finding.Fine(),
        (graph, function) -> Result.run(() -> restart.accept(new FunctionName(graph, function))),
        (_, _, now) -> told.add(now),
        InstantSource.system());
  }

  /** The slow one is restarted as long as it is broken. */
  private void restartSlowly(FunctionName name) {
    if (name.equals(slow)) {
      Awaitility.await().until(() -> !broken.contains(slow));
    }
    broken.remove(name);
  }
}
