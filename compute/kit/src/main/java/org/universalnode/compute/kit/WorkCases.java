package org.universalnode.compute.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.universalnode.compute.Execution;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceStats;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** What instances do, and are kept from doing, by whatever driver. */
abstract class WorkCases {
  private static final int MOST_LOG_BYTES = 64 << 10;
  private static final Duration COMMAND = Duration.ofSeconds(20);

  /** A new one for each test. */
  protected abstract FunctionSite site();

  @Test
  void whatIsNoImageIsRefusedWithANextStep() {
    try (FunctionSite site = site()) {
      FunctionDriver driver = site.open();
      for (int i = 0; i < 2; i++) {
        assertThat(driver.install(site.notAnImage()))
            .isInstanceOfSatisfying(
                Result.Failed.class,
                failed -> assertThat(failed.problem().nextStep()).isNotEmpty());
      }
      assertThat(driver.observe().orThrow()).isEmpty();
    }
  }

  @Test
  void trafficPassesWhileItRunsAndNotWhileItIsPausedOrStopped() {
    with(
        (site, driver) -> {
          FunctionSpec spec = site.spec("{}");
          make(site, driver, spec);
          await(site, () -> site.answers(spec.id()));
          driver.pause(spec.id()).orThrow();
          assertThat(site.answers(spec.id())).isFalse();
          driver.resume(spec.id()).orThrow();
          await(site, () -> site.answers(spec.id()));
        });
  }

  @Test
  void aPausedOneStaysSoWhenTheNodeStartsAgain() {
    try (FunctionSite site = site()) {
      FunctionSpec spec = site.spec("{}");
      make(site, site.open(), spec);
      site.open().pause(spec.id()).orThrow();
      FunctionDriver successor = site.open();
      site.plug(successor.create(spec).orThrow());
      successor.start(spec).orThrow();
      assertThat(successor.observe(spec.id()).orThrow().state()).isEqualTo(State.PAUSED);
      assertThat(site.answers(spec.id())).isFalse();
      successor.resume(spec.id()).orThrow();
      await(site, () -> site.answers(spec.id()));
    }
  }

  @Test
  void oneThatWasStoppedIsStartedAgainWithItsPorts() {
    with(
        (site, driver) -> {
          FunctionSpec spec = site.spec("{}");
          make(site, driver, spec);
          driver.stop(spec.id()).orThrow();
          driver.stop(spec.id()).orThrow();
          driver.start(spec).orThrow();
          await(site, () -> site.answers(spec.id()));
        });
  }

  @Test
  void oneWithOtherPortsGetsThemOrIsMadeAnew() {
    with(
        (site, driver) -> {
          FunctionSpec spec = site.spec("{}");
          make(site, driver, spec);
          FunctionSpec other = site.labelled(PortLabel.parse("other:0"));
          site.plug(driver.create(other).orThrow());
          assertThat(driver.observe(spec.id()).orThrow().state())
              .isEqualTo(driver.plugsPorts() ? State.STARTED : State.CREATED);
          driver.start(other).orThrow();
          driver.update(other).orThrow();
          await(site, () -> site.answers(spec.id()));
        });
  }

  @Test
  void itCanBeDeletedInEveryState() {
    List<Consumer<Case>> ways =
        List.of(
            of -> {},
            of -> of.driver().start(of.spec()).orThrow(),
            of -> {
              of.driver().start(of.spec()).orThrow();
              of.driver().pause(of.spec().id()).orThrow();
            },
            of -> {
              of.driver().start(of.spec()).orThrow();
              of.driver().stop(of.spec().id()).orThrow();
            },
            of -> {
              of.driver().start(of.spec()).orThrow();
              of.site().disturb(of.spec().id());
            });
    with(
        (site, driver) -> {
          for (Consumer<Case> way : ways) {
            Case one = new Case(site, driver, site.spec("{}"));
            site.plug(driver.create(one.spec()).orThrow());
            way.accept(one);
            driver.delete(one.spec().id()).orThrow();
            driver.delete(one.spec().id()).orThrow();
            assertThat(driver.observe().orThrow()).isEmpty();
          }
        });
  }

  @Test
  void whatItMayUseAndWhatItUsesIsTold() {
    with(
        (site, driver) -> {
          FunctionSpec spec = site.spec("{}");
          make(site, driver, spec);
          driver.pin(spec.id(), Set.of(0)).orThrow();
          InstanceStats stats = driver.stats(spec.id()).orThrow();
          assertThat(stats.containment()).isEqualTo(spec.containment());
          assertThat(stats.processes()).isPositive();
          assertThat(stats.cores()).containsExactly(0);
          assertThat(stats.memoryBytes().orElse(1))
              .isPositive()
              .isLessThanOrEqualTo(spec.containment().memoryBytes());
        });
  }

  @Test
  void whatItPrintsIsLogged() {
    with(
        (site, driver) -> {
          FunctionSpec spec = site.spec("{}");
          make(site, driver, spec);
          await(
              site,
              () ->
                  driver
                      .log(spec.id(), OptionalLong.of(0), MOST_LOG_BYTES)
                      .orThrow()
                      .text()
                      .contains(site.greeting()));
        });
  }

  @Test
  void aCommandIsRunInsideOrRefused() {
    with(
        (site, driver) -> {
          FunctionSpec spec = site.spec("{}");
          make(site, driver, spec);
          switch (driver.exec(spec.id(), List.of("true"), COMMAND)) {
            case Result.Done<Execution>(Execution done) -> assertThat(done.status()).isZero();
            case Result.Failed<Execution>(Problem problem) ->
                assertThat(problem.code()).isEqualTo(Problem.Code.UNSUPPORTED);
          }
        });
  }

  @Test
  void theDeathOfItsEngineIsToldAsAProblemAndMended() {
    with(
        (site, driver) ->
            site.engine()
                .ifPresent(
                    engine -> {
                      FunctionSpec spec = site.spec("{}");
                      make(site, driver, spec);
                      engine.end();
                      long begin = System.nanoTime();
                      assertThat(driver.pause(spec.id())).isInstanceOf(Result.Failed.class);
                      assertThat(Duration.ofNanos(System.nanoTime() - begin))
                          .isLessThan(site.patience());
                      engine.begin();
                      await(site, () -> driver.observe() instanceof Result.Done<?>);
                      make(site, driver, spec);
                      await(site, () -> site.answers(spec.id()));
                    }));
  }

  private interface Work {
    void of(FunctionSite site, FunctionDriver driver);
  }

  private record Case(FunctionSite site, FunctionDriver driver, FunctionSpec spec) {}

  private void with(Work work) {
    try (FunctionSite site = site()) {
      work.of(site, site.open());
    }
  }

  static void make(FunctionSite site, FunctionDriver driver, FunctionSpec spec) {
    site.plug(driver.create(spec).orThrow());
    driver.start(spec).orThrow();
    driver.update(spec).orThrow();
  }

  static void await(FunctionSite site, BooleanSupplier condition) {
    long deadline = System.nanoTime() + site.patience().toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
