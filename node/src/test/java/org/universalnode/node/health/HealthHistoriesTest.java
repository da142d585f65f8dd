package org.universalnode.node.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in whatever order: the promises are kept. */
class HealthHistoriesTest {
  private static final int STEPS = 3000;
  private static final RestartPolicy POLICY = RestartPolicy.DEFAULT;

  private final List<FunctionName> functions =
      IntStream.range(0, 7).mapToObj(i -> new FunctionName("g" + i % 3, "f" + i)).toList();
  private final Map<FunctionName, List<Instant>> restarts = new HashMap<>();
  private final Set<FunctionName> restarting = new HashSet<>();
  private Optional<FunctionName> lookedAt = Optional.empty();
  private Instant now = Instant.EPOCH;

  static List<Long> seeds() {
    long first = new Random().nextLong();
    return IntStream.range(0, 20).mapToObj(i -> first + i).toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void thePromisesAreKept(long seed) {
    Random random = new Random(seed);
    HealthBook book = new HealthBook(Pace.DEFAULT, POLICY, this::check);
    for (int i = 0; i < STEPS; i++) {
      if (i % 500 == 0) {
        book.keep(functions.subList(0, 3 + random.nextInt(5)), now);
        restarts.keySet().retainAll(book.health().keySet());
      }
      step(book, random);
    }
  }

  private void step(HealthBook book, Random random) {
    switch (random.nextInt(6)) {
      case 0 -> book.disturbed(functions.get(random.nextInt(functions.size())), now);
      case 1 -> endLook(book, random);
      case 2 -> endRestart(book, random);
      case 3 -> now = now.plusMillis(random.nextInt(200_000));
      default -> book.next(now).ifPresent(work -> begin(work));
    }
  }

  private void begin(HealthWork work) {
    assertThat(restarting).doesNotContain(work.function());
    assertThat(lookedAt).isNotEqualTo(Optional.of(work.function()));
    switch (work) {
      case HealthWork.Look(FunctionName name) -> {
        assertThat(lookedAt).as("one at a time").isEmpty();
        lookedAt = Optional.of(name);
      }
      case HealthWork.Restart(FunctionName name) -> {
        restarting.add(name);
        List<Instant> all = restarts.computeIfAbsent(name, _ -> new ArrayList<>());
        all.add(now);
        checkFrequency(all);
      }
    }
  }

  /** However it goes: never more than the most within the time, and one more. */
  private void checkFrequency(List<Instant> all) {
    Instant begin = now.minus(POLICY.within());
    long recent = all.stream().filter(at -> at.isAfter(begin)).count();
    // those before five minutes of health do not count, and such minutes fit in at most twice
    assertThat(recent).isLessThanOrEqualTo(3L * POLICY.most());
  }

  private void endLook(HealthBook book, Random random) {
    lookedAt.ifPresent(name -> book.looked(name, finding(random), now));
    lookedAt = Optional.empty();
  }

  private static Finding finding(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Finding.Fine();
      case 1 -> new Finding.Doubtful("doubt");
      case 2 -> new Finding.Busy();
      case 3 -> new Finding.Unwell("no peer");
      default -> new Finding.Broken("gone");
    };
  }

  private void endRestart(HealthBook book, Random random) {
    restarting.stream()
        .findFirst()
        .ifPresent(
            name -> {
              restarting.remove(name);
              book.restarted(name, random.nextBoolean() ? "" : "no", now);
            });
  }

  /** Attempts are numbered without gaps from one, and no illness began in the future. */
  private void check(FunctionName name, FunctionHealth before, FunctionHealth health) {
    assertThat(health).isNotEqualTo(before);
    switch (health) {
      case FunctionHealth.Ill(_, Instant since) -> assertThat(since).isBeforeOrEqualTo(now);
      case FunctionHealth.Restarting(int attempt, Instant at) -> {
        assertThat(at).isEqualTo(now);
        assertThat(before).isInstanceOf(FunctionHealth.Ill.class);
        assertThat(attempt).isPositive();
        if (attempt > 1) {
          Duration pause =
              Duration.between(restarts.getOrDefault(name, List.of(now)).getLast(), now);
          assertThat(pause).isGreaterThanOrEqualTo(POLICY.delay(attempt - 1));
        }
      }
      case FunctionHealth.Failed _ ->
          assertThat(restarts.get(name)).hasSizeGreaterThanOrEqualTo(POLICY.most());
      case FunctionHealth.Well _ -> {}
    }
  }
}
