package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.universalnode.linux.RouteSocket;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.Watch;

/**
 * What somebody else removes or changes while the node runs is told, and mended by asking again.
 */
abstract class DriftCases extends ConformanceCases {
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(1);
  private static final Duration PASSES_WITHIN = Duration.ofSeconds(3);
  private static final Duration REST = Duration.ofMillis(400);
  private static final int TIMES = 20;

  private final TwoGraphs graphs = new TwoGraphs(tested);
  private final BlockingQueue<LsiId> told = new LinkedBlockingQueue<>();

  DriftCases(SwitchDriverConformance suite) {
    super(suite);
  }

  @TestFactory
  @Execution(ExecutionMode.SAME_THREAD)
  List<DynamicTest> harmIsToldAndMended() {
    List<Harm> harms = new ArrayList<>(DeviceHarm.all());
    harms.addAll(suite().harms());
    return harms.stream()
        .map(harm -> DynamicTest.dynamicTest(harm.what(), () -> isToldAndMended(harm)))
        .toList();
  }

  private void isToldAndMended(Harm harm) throws InterruptedException {
    try (Stream stream = new Stream(tested.wires(), graphs.otherMachine())) {
      assertThat(passes(stream)).as("before").isTrue();
      Duration time;
      try (Watch _ = tested.driver().watch(told::add)) {
        awaitRest();
        time = timeUntilTold(harm);
        graphs.askAgain();
      }
      assertThat(passes(stream)).as("after").isTrue();
      assertThat(stream.lostOnTheWayTo(graphs.otherFunction()))
          .as("frames of the other graph, of " + stream.sent())
          .isZero();
      System.out.printf("%s: told after %.1f ms%n", harm, time.toNanos() / 1e6);
    }
    assertThat(tested.driver().verify().orThrow()).as("whole").isEmpty();
  }

  private Duration timeUntilTold(Harm harm) throws InterruptedException {
    Harm.Victim victim = graphs.victim();
    long before = System.nanoTime();
    harm.doing().accept(victim);
    if (harm.silent()) {
      Set<LsiId> found = tested.driver().verify().orThrow();
      assertThat(found).as("found").contains(harm.told()).doesNotContain(TwoGraphs.OTHER);
      return Duration.ofNanos(System.nanoTime() - before);
    }
    LsiId next = told.poll(TOLD_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    while (next != null && !next.equals(harm.told())) {
      assertThat(next).isNotEqualTo(TwoGraphs.OTHER);
      next = told.poll(TOLD_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
    assertThat(next).as("told").isEqualTo(harm.told());
    return Duration.ofNanos(System.nanoTime() - before);
  }

  @Test
  void aVethThatIsDeletedAgainAndAgainIsToldSoon() throws InterruptedException {
    List<Duration> times = new ArrayList<>();
    Harm harm = DeviceHarm.all().getFirst();
    try (Watch _ = tested.driver().watch(told::add)) {
      for (int i = 0; i < TIMES; i++) {
        awaitRest();
        times.add(timeUntilTold(harm));
        graphs.askAgain();
      }
    }
    Collections.sort(times);
    System.out.printf(
        "%s, %d times: told after %.1f ms (p50), %.1f ms (p99)%n",
        harm, TIMES, times.get(TIMES / 2).toNanos() / 1e6, times.getLast().toNanos() / 1e6);
    assertThat(times.getLast()).isLessThan(TOLD_WITHIN);
  }

  @Test
  void askingAgainForWhatIsWholeTellsNothingAndLosesNothing() throws InterruptedException {
    try (Stream stream = new Stream(tested.wires(), graphs.victimMachine());
        Watch _ = tested.driver().watch(told::add)) {
      assertThat(stream.passes(graphs.otherMachine(), graphs.otherFunction(), PASSES_WITHIN))
          .isTrue();
      awaitRest();
      long before = System.nanoTime();
      for (int i = 0; i < TIMES; i++) {
        graphs.askAgain();
      }
      double each = (System.nanoTime() - before) / 1e6 / TIMES;
      System.out.printf("asking again for a whole graph: %.2f ms%n", each);
      assertThat(told.poll(REST.toMillis(), TimeUnit.MILLISECONDS)).as("told").isNull();
      assertThat(stream.lostOnTheWayTo(graphs.victimFunction())).as("lost").isZero();
    }
  }

  @Test
  void whatWasPulledIsWholeAndStaysDown() throws InterruptedException {
    RouteSocket links = graphs.victim().links();
    String name = graphs.victim().function().switchInterface();
    try (Stream stream = new Stream(tested.wires(), graphs.victimMachine());
        Watch _ = tested.driver().watch(told::add)) {
      awaitRest();
      links.pull(links.link(name).orElseThrow());
      assertThat(told.poll(REST.toMillis(), TimeUnit.MILLISECONDS)).as("told").isNull();
      assertThat(tested.driver().verify().orThrow()).as("found").isEmpty();
      tested.driver().createPort(TestSwitch.GRAPH, graphs.victim().far()).orThrow();
      assertThat(links.link(name).orElseThrow().up()).isFalse();
      links.plug(links.link(name).orElseThrow());
      assertThat(passes(stream)).isTrue();
    }
  }

  @Test
  void whatIsWholeIsFoundWhole() {
    for (int i = 0; i < TIMES; i++) {
      assertThat(tested.driver().verify().orThrow()).isEmpty();
    }
  }

  @Test
  void rulesOfAllKindsAreFoundWhole() {
    long seed = System.nanoTime();
    RandomRounds rounds = new RandomRounds(tested.layout(), tested.driver().features());
    for (int i = 0; i < TIMES; i++) {
      Round round = rounds.round(seed + i);
      RuleChange change = new RuleChange(named(round.tables()));
      if (tested.driver().apply(change) instanceof Result.Done<Nothing>) {
        Set<LsiId> found = tested.driver().verify().orThrow();
        assertThat(found).as(round.toString()).isEmpty();
      }
    }
  }

  /** An id names one rule in its LSI, also where in-ports have drawn the same one. */
  private static Map<LsiPort, List<SwitchRule>> named(Map<LsiPort, List<SwitchRule>> drawn) {
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
    drawn.forEach((in, rules) -> tables.put(in, rules.stream().map(r -> named(in, r)).toList()));
    return tables;
  }

  private static SwitchRule named(LsiPort in, SwitchRule rule) {
    String id = in.number() + ":" + rule.id();
    return new SwitchRule(id, rule.priority(), rule.match(), rule.actions());
  }

  @Test
  void nobodyIsToldAfterTheEndOfTheWatch() throws InterruptedException {
    tested.driver().watch(told::add).close();
    DeviceHarm.all().getFirst().doing().accept(graphs.victim());
    assertThat(told.poll(REST.toMillis(), TimeUnit.MILLISECONDS)).isNull();
    graphs.askAgain();
  }

  /** What the driver does itself comes to an end, and so does what it tells of it. */
  private void awaitRest() throws InterruptedException {
    int words = 0;
    while (told.poll(REST.toMillis(), TimeUnit.MILLISECONDS) != null) {
      words++;
      assertThat(words).as("the driver comes to rest").isLessThan(20);
    }
  }

  private boolean passes(Stream stream) {
    return stream.passes(graphs.victimMachine(), graphs.victimFunction(), PASSES_WITHIN);
  }
}
