package org.universalnode.compute.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.compute.Watch;

/**
 * What every function driver does. A driver's author extends it, says where the driver works, and
 * has JUnit run it.
 */
public abstract class FunctionDriverConformance extends PortCases {
  private static final Duration LONG_ENOUGH = Duration.ofMillis(300);

  @Test
  void whatWasNeverMadeIsBrokenAndCanBeDeleted() {
    try (FunctionSite site = site()) {
      FunctionDriver driver = site.open();
      InstanceId id = site.spec("{}").id();
      assertThat(driver.observe(id).orThrow().state()).isEqualTo(State.BROKEN);
      driver.delete(id).orThrow();
      assertThat(driver.observe().orThrow()).isEmpty();
    }
  }

  @Test
  void theLifeOfAnInstance() {
    try (FunctionSite site = site()) {
      FunctionDriver driver = site.open();
      FunctionSpec spec = site.spec("{}");
      site.plug(driver.create(spec).orThrow());
      assertThat(driver.observe(spec.id()).orThrow().state()).isEqualTo(State.CREATED);
      driver.start(spec).orThrow();
      expectWhole(driver, spec);
      driver.update(site.spec("{\"a\":1}")).orThrow();
      driver.pause(spec.id()).orThrow();
      assertThat(driver.observe(spec.id()).orThrow().state()).isEqualTo(State.PAUSED);
      driver.resume(spec.id()).orThrow();
      expectWhole(driver, spec);
      driver.stop(spec.id()).orThrow();
      assertThat(driver.observe(spec.id()).orThrow().state()).isEqualTo(State.CREATED);
      driver.delete(spec.id()).orThrow();
      assertThat(driver.observe().orThrow()).isEmpty();
    }
  }

  @Test
  void aSuccessorTakesItOverAsItIs() {
    try (FunctionSite site = site()) {
      FunctionSpec spec = site.spec("{}");
      make(site, site.open(), spec);
      FunctionDriver successor = site.open();
      List<ObservedInstance> before = successor.observe().orThrow();
      make(site, successor, spec);
      assertThat(successor.observe().orThrow()).isEqualTo(before).hasSize(1);
    }
  }

  @Test
  void aLostProcessIsToldOfSeenAndMended() {
    expectTold(FunctionSite::disturb);
  }

  @Test
  void whatLostItsGroundIsToldOfSeenAndMadeAnew() {
    expectTold(FunctionSite::vanish);
  }

  @Test
  void aLossIsSeenAlsoByASuccessor() {
    try (FunctionSite site = site()) {
      FunctionSpec spec = site.spec("{}");
      make(site, site.open(), spec);
      site.disturb(spec.id());
      FunctionDriver successor = site.open();
      await(site, () -> !successor.observe(spec.id()).orThrow().isWhole());
      make(site, successor, spec);
      expectWhole(successor, spec);
    }
  }

  @Test
  void whatTheDriverDoesIsNotTold() throws Exception {
    try (FunctionSite site = site()) {
      FunctionDriver driver = site.open();
      FunctionSpec spec = site.spec("{}");
      List<InstanceId> told = new CopyOnWriteArrayList<>();
      try (Watch _ = driver.watch(told::add)) {
        make(site, driver, spec);
        make(site, driver, spec);
        driver.update(site.spec("{\"a\":1}")).orThrow();
        driver.stop(spec.id()).orThrow();
        driver.delete(spec.id()).orThrow();
        Thread.sleep(LONG_ENOUGH);
      }
      assertThat(told).isEmpty();
    }
  }

  @Test
  void whoHasClosedItsWatchIsToldNothing() throws Exception {
    try (FunctionSite site = site()) {
      FunctionDriver driver = site.open();
      FunctionSpec spec = site.spec("{}");
      make(site, driver, spec);
      List<InstanceId> told = new CopyOnWriteArrayList<>();
      driver.watch(told::add).close();
      site.disturb(spec.id());
      Thread.sleep(LONG_ENOUGH);
      assertThat(told).isEmpty();
    }
  }

  /** By a driver that did not make it, as after a restart of the node. */
  private void expectTold(Harm harm) {
    try (FunctionSite site = site()) {
      FunctionSpec spec = site.spec("{}");
      make(site, site.open(), spec);
      FunctionDriver driver = site.open();
      List<InstanceId> told = new CopyOnWriteArrayList<>();
      Consumer<InstanceId> listener = told::add;
      try (Watch _ = driver.watch(listener)) {
        harm.to(site, spec.id());
        await(site, () -> told.contains(spec.id()));
        assertThat(driver.observe(spec.id()).orThrow().isWhole()).isFalse();
        make(site, driver, spec);
        expectWhole(driver, spec);
      }
    }
  }

  private interface Harm {
    void to(FunctionSite site, InstanceId id);
  }

  private static void expectWhole(FunctionDriver driver, FunctionSpec spec) {
    assertThat(driver.observe(spec.id()).orThrow())
        .returns(State.STARTED, ObservedInstance::state)
        .returns(true, ObservedInstance::isWhole);
    assertThat(driver.health(spec.id()).orThrow().isGood()).isTrue();
  }
}
