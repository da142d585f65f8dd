package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.nativefn.DriverLab.ID;
import static org.universalnode.compute.nativefn.DriverLab.observed;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.nffg.Isolation;

/** Of what a driver tells while it is watched, and of what it does not. */
@ParameterizedClass
@EnumSource
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class WatchTest {
  private static final int ROUNDS = 100;

  @Parameter Isolation isolation = Isolation.NETWORK;
  @TempDir Path folder;
  private DriverLab lab = new DriverLab(Path.of(""), Isolation.NETWORK);
  private FunctionDriver driver = lab.driver();

  @BeforeEach
  void begin() throws Exception {
    driver.close();
    lab = new DriverLab(folder, isolation);
    driver = lab.driver();
    lab.script("start", "setsid sleep 300 &");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void endsOfProcessesAreToldInTime() throws Exception {
    lab.script("start", "for i in $(seq " + ROUNDS / 2 + "); do setsid sleep 300 & done");
    long[] nanoseconds = new long[ROUNDS];
    int done = 0;
    while (done < ROUNDS) {
      lab.start(driver, "{}");
      try (Told told = new Told(driver)) {
        for (int pid : observed(driver).processes()) {
          int before = told.times();
          long began = System.nanoTime();
          Harm.kill(pid);
          told.await(before + 1);
          nanoseconds[done++] = System.nanoTime() - began;
        }
      }
      driver.delete(ID).orThrow();
    }
    Arrays.sort(nanoseconds);
    double p50 = nanoseconds[ROUNDS / 2] / 1e6;
    double p99 = nanoseconds[ROUNDS * 99 / 100] / 1e6;
    System.out.printf("%s: from kill to told p50 %.2f ms, p99 %.2f ms%n", isolation, p50, p99);
    assertThat(p50).isLessThan(100);
  }

  @Test
  void aProcessThatTakesTooMuchMemoryIsToldOf() throws Exception {
    lab.script("start", "(setsid sh -c 'sleep 0.5; exec dd if=/dev/zero of=/dev/null bs=300M') &");
    lab.start(driver, "{}");
    try (Told told = new Told(driver)) {
      told.await(ID);
    }
    Awaitility.await().untilAsserted(() -> assertThat(observed(driver).missing()).hasSize(1));
  }

  @Test
  void theEndOfTheKeeperIsToldOf() throws Exception {
    lab.script("start", "true");
    lab.start(driver, "{}");
    if (isolation == Isolation.NETWORK) {
      assertThat(lab.folder(driver).resolve("keeper")).doesNotExist();
      return;
    }
    try (Told told = new Told(driver)) {
      Harm.killKeeper(lab.folder(driver));
      told.await(ID);
    }
    assertThat(observed(driver).state()).isEqualTo(State.BROKEN);
  }

  @Test
  void aNamespaceThatIsUnpinnedOrUnmountedIsToldOf() throws Exception {
    lab.start(driver, "{}");
    try (Told told = new Told(driver)) {
      Harm.unpin(observed(driver).namespace());
      told.await(ID);
      assertThat(observed(driver).state()).isEqualTo(State.BROKEN);
      lab.start(driver, "{}");
      told.quiet();
      Harm.unmount(observed(driver).namespace());
      told.await(ID);
      assertThat(observed(driver).state()).isEqualTo(State.BROKEN);
    }
  }

  @Test
  void aPortThatIsDeletedIsToldOf() {
    lab.start(driver, "{}");
    try (Told told = new Told(driver)) {
      Harm.deletePort(observed(driver).namespace(), "lan0");
      told.await(ID);
    }
    assertThat(observed(driver).state()).isEqualTo(State.BROKEN);
  }

  @Test
  void aCgroupThatIsRemovedIsToldOf() throws Exception {
    lab.script("start", "true");
    lab.start(driver, "{}");
    if (isolation != Isolation.NETWORK) {
      assertThat(lab.folder(driver).resolve("keeper")).exists(); // it is in the cgroup
      return;
    }
    try (Told told = new Told(driver)) {
      Harm.removeCgroup(observed(driver).namespace());
      told.await(ID);
    }
    assertThat(observed(driver).state()).isEqualTo(State.BROKEN);
  }

  @Test
  void aFolderThatIsRemovedIsToldOf() throws Exception {
    lab.start(driver, "{}");
    try (Told told = new Told(driver)) {
      Harm.removeFolder(lab.folder(driver));
      told.await(ID);
    }
    assertThat(observed(driver).state()).isEqualTo(State.BROKEN);
  }

  @Test
  void whatAnEarlierDriverStartedIsWatchedToo() {
    lab.start(driver, "{}");
    driver.close();
    FunctionDriver successor = lab.driver();
    try (Told told = new Told(successor)) {
      observed(successor).processes().forEach(Harm::kill);
      told.await(ID);
    }
  }

  @Test
  void aDisturbanceOfASharedInstanceIsOneOfAllItsParts() throws Exception {
    lab.script("attach", "true");
    lab.script("detach", "true");
    InstanceId a = new InstanceId("a", "nat");
    InstanceId b = new InstanceId("b", "nat");
    lab.start(driver, lab.spec(a, "{}", Optional.of("nat-1")));
    lab.start(driver, lab.spec(b, "{}", Optional.of("nat-1")));
    try (Told told = new Told(driver)) {
      driver.observe(a).orThrow().processes().forEach(Harm::kill);
      told.await(a);
      told.await(b);
    }
    assertThat(driver.observe(b).orThrow().missing()).hasSize(1);
  }

  @Test
  void whatTheDriverDoesIsNotTold() throws Exception {
    lab.script("pause", "true");
    try (Told told = new Told(driver)) {
      lab.start(driver, "{}");
      lab.start(driver, "{}");
      driver.update(lab.spec("{\"a\":1}")).orThrow();
      driver.pause(ID).orThrow();
      driver.resume(ID).orThrow();
      driver.stop(ID).orThrow();
      lab.losePorts();
      lab.start(driver, "{}");
      driver.delete(ID).orThrow();
      told.expectNothing();
    }
  }

  @Test
  void whatHelpsAtTheStartAndWhatADaemonRunsForAWhileIsNoLoss() throws Exception {
    lab.script("start", "(sleep 0.1) & setsid sh -c 'while :; do sleep 0.01; done' &");
    lab.start(driver, "{}");
    try (Told told = new Told(driver)) {
      told.quiet();
      told.expectNothing();
    }
    assertThat(observed(driver).missing()).isEmpty();
    assertThat(observed(driver).isWhole()).isTrue();
  }

  @Test
  void whoHasClosedItsWatchIsToldNothing() throws Exception {
    lab.start(driver, "{}");
    Told told = new Told(driver);
    told.close();
    observed(driver).processes().forEach(Harm::kill);
    told.expectNothing();
  }
}
