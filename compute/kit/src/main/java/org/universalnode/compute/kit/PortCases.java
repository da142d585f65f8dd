package org.universalnode.compute.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.compute.Watch;
import org.universalnode.compute.kit.FunctionSite.SecondPort;

/**
 * Ports that come and go while an instance runs. Of a driver that plugs none there is nothing to
 * try; what it does instead is {@link WorkCases#oneWithOtherPortsGetsThemOrIsMadeAnew}.
 */
abstract class PortCases extends WorkCases {

  @Test
  void aPortIsPluggedWhileTheOtherCarriesOn() {
    withSecondPort(
        (site, driver, second) -> {
          FunctionSpec spec = site.spec("{}");
          make(site, driver, spec);
          await(site, () -> site.answers(spec.id()));
          Set<Integer> processes = processes(driver, spec.id());
          try (Asking asking = new Asking(site, spec.id())) {
            makeMore(site, driver, second.spec("{}"));
            await(site, second::answers);
            assertThat(asking.unanswered()).isZero();
          }
          assertThat(processes(driver, spec.id())).isEqualTo(processes);
        });
  }

  @Test
  void aPortIsLetGoWhileTheOtherCarriesOn() {
    withSecondPort(
        (site, driver, second) -> {
          FunctionSpec spec = site.spec("{}");
          make(site, driver, second.spec("{}"));
          await(site, () -> site.answers(spec.id()) && second.answers());
          Set<Integer> processes = processes(driver, spec.id());
          List<InstanceId> told = new CopyOnWriteArrayList<>();
          try (Watch _ = driver.watch(told::add);
              Asking asking = new Asking(site, spec.id())) {
            driver.update(spec).orThrow();
            second.unplug();
            assertThat(second.answers()).isFalse();
            assertThat(asking.unanswered()).isZero();
          }
          assertThat(told).isEmpty();
          assertThat(driver.observe(spec.id()).orThrow().isWhole()).isTrue();
          assertThat(driver.create(spec).orThrow().ports()).hasSize(1);
          assertThat(processes(driver, spec.id())).isEqualTo(processes);
        });
  }

  @Test
  void aPortOfWhichItWasNotToldIsTakenBackByWhoeverComesAfter() {
    withSecondPort(
        (site, driver, second) -> {
          FunctionSpec spec = site.spec("{}");
          make(site, driver, spec);
          Set<Integer> processes = processes(driver, spec.id());
          site.plug(driver.create(second.spec("{}")).orThrow());
          FunctionDriver successor = site.open();
          make(site, successor, spec);
          second.unplug();
          await(site, () -> site.answers(spec.id()));
          assertThat(successor.observe(spec.id()).orThrow().isWhole()).isTrue();
          assertThat(processes(successor, spec.id())).isEqualTo(processes);
        });
  }

  @Test
  void aPausedOneThatGetsAPortStaysPaused() {
    withSecondPort(
        (site, driver, second) -> {
          FunctionSpec spec = site.spec("{}");
          make(site, driver, spec);
          driver.pause(spec.id()).orThrow();
          makeMore(site, driver, second.spec("{}"));
          assertThat(driver.observe(spec.id()).orThrow().state()).isEqualTo(State.PAUSED);
          assertThat(site.answers(spec.id()) || second.answers()).isFalse();
          driver.resume(spec.id()).orThrow();
          await(site, () -> site.answers(spec.id()) && second.answers());
        });
  }

  private interface Work {
    void of(FunctionSite site, FunctionDriver driver, SecondPort second);
  }

  private void withSecondPort(Work work) {
    try (FunctionSite site = site()) {
      FunctionDriver driver = site.open();
      assertThat(site.second().isPresent()).as("tried").isEqualTo(driver.plugsPorts());
      site.second().ifPresent(second -> work.of(site, driver, second));
    }
  }

  /** As the node does with one that runs. */
  private static void makeMore(FunctionSite site, FunctionDriver driver, FunctionSpec spec) {
    site.plug(driver.create(spec).orThrow());
    driver.update(spec).orThrow();
  }

  private static Set<Integer> processes(FunctionDriver driver, InstanceId id) {
    return driver.observe(id).orThrow().processes();
  }

  /** Asks an instance at its first port again and again. */
  private static final class Asking implements AutoCloseable {
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Thread thread;

    Asking(FunctionSite site, InstanceId id) {
      this.thread = Thread.ofPlatform().start(() -> ask(site, id));
    }

    private void ask(FunctionSite site, InstanceId id) {
      while (!ending.get()) {
        if (!site.answers(id)) {
          unanswered.incrementAndGet();
        }
      }
    }

    int unanswered() {
      return unanswered.get();
    }

    @Override
    public void close() {
      ending.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
