package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.nativefn.DriverLab.ID;
import static org.universalnode.compute.nativefn.DriverLab.failure;
import static org.universalnode.compute.nativefn.DriverLab.log;
import static org.universalnode.compute.nativefn.DriverLab.observed;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.Isolation;

/** What was done to an instance is seen, and mended when the node asks for it again. */
@ParameterizedClass
@EnumSource
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class MendTest {
  private static final int ROUNDS = 50;

  /** What is done from outside. */
  enum Drift {
    PROCESS_KILLED,
    KEEPER_KILLED,
    NAMESPACE_UNPINNED,
    NAMESPACE_UNMOUNTED,
    PORT_DELETED,
    FOLDER_REMOVED,
    WORK_REMOVED
  }

  @Parameter Isolation isolation = Isolation.NETWORK;
  @TempDir Path folder;
  private DriverLab lab = new DriverLab(Path.of(""), Isolation.NETWORK);

  @BeforeEach
  void begin() throws Exception {
    lab = new DriverLab(folder, isolation);
    lab.script("start", "echo started; setsid sleep 300 &");
    lab.script("update", "echo updated");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyDriftIsSeenAlsoByASuccessorAndMended(Drift drift) throws Exception {
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    Set<Integer> before = observed(driver).processes();
    harm(driver, drift);
    FunctionDriver successor = lab.driver();
    assertThat(observed(successor).isWhole()).isFalse();
    lab.start(successor, "{}");
    successor.update(lab.spec("{}")).orThrow();
    assertThat(observed(successor))
        .returns(State.STARTED, ObservedInstance::state)
        .returns(true, ObservedInstance::isWhole);
    assertThat(observed(successor).processes()).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(before).noneMatch(Harm::lives);
    assertThat(log(successor)).endsWith("started\n");
  }

  private void harm(FunctionDriver driver, Drift drift) throws Exception {
    String namespace = observed(driver).namespace();
    boolean isKept = isolation != Isolation.NETWORK;
    switch (drift) {
      case PROCESS_KILLED -> killAll(driver);
      case KEEPER_KILLED -> {
        if (isKept) {
          Harm.killKeeper(lab.folder(driver));
        } else {
          killAll(driver);
        }
      }
      case NAMESPACE_UNPINNED -> Harm.unpin(namespace);
      case NAMESPACE_UNMOUNTED -> Harm.unmount(namespace);
      case PORT_DELETED -> Harm.deletePort(namespace, "lan0");
      case FOLDER_REMOVED -> Harm.removeFolder(lab.folder(driver));
      case WORK_REMOVED -> Harm.removeFolder(lab.folder(driver).resolve("work"));
    }
  }

  @Test
  void aLostProcessIsMendedWhereTheInstanceIs() throws Exception {
    lab.script("stop", "echo stopped");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    int link = link(driver);
    killAll(driver);
    assertThat(observed(driver))
        .returns(State.STARTED, ObservedInstance::state)
        .satisfies(
            seen ->
                assertThat(seen.missing())
                    .singleElement()
                    .asString()
                    .matches("process \\d+ \\(.*\\)"));
    lab.start(driver, "{}");
    assertThat(link(driver)).isEqualTo(link);
    assertThat(log(driver)).isEqualTo("started\nstopped\nstarted\n");
  }

  @Test
  void whatCannotBeMendedWhereItIsIsMadeAnewNextTime() throws Exception {
    lab.script("start", "test ! -e begun && touch begun && (setsid sleep 300 &)");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    killAll(driver);
    driver.create(lab.spec("{}")).orThrow();
    assertThat(failure(driver.start(lab.spec("{}"))).detail()).contains("start");
    lab.start(driver, "{}");
    assertThat(observed(driver).isWhole()).isTrue();
  }

  @Test
  void aChildIsItsParentsAffair() throws Exception {
    lab.script("start", "setsid sh -c 'sleep 300; sleep 300' & sleep 0.3");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    Set<Integer> processes = observed(driver).processes();
    assertThat(processes).hasSize(2);
    processes.stream()
        .filter(
            pid ->
                ProcessHandle.of(pid)
                    .flatMap(ProcessHandle::parent)
                    .map(ProcessHandle::pid)
                    .filter(parent -> processes.contains(parent.intValue()))
                    .isPresent())
        .forEach(Harm::kill);
    assertThat(observed(driver).missing()).isEmpty();
  }

  @Test
  void aPausedInstanceIsPausedAfterwardsToo() throws Exception {
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    driver.pause(ID).orThrow();
    observed(driver).processes().forEach(Harm::kill); // in v1 they end when they go on
    driver.resume(ID).orThrow();
    Awaitility.await().untilAsserted(() -> assertThat(observed(driver).missing()).hasSize(1));
    driver.pause(ID).orThrow();
    assertThat(observed(driver).missing()).hasSize(1);
    lab.start(driver, "{}");
    assertThat(observed(driver))
        .returns(State.PAUSED, ObservedInstance::state)
        .returns(true, ObservedInstance::isWhole);
  }

  @Test
  void everyPartOfASharedInstanceIsMended() throws Exception {
    lab.script("attach", "echo attached");
    lab.script("detach", "true");
    FunctionDriver driver = lab.driver();
    FunctionSpec a = lab.spec(new InstanceId("a", "nat"), "{}", Optional.of("nat-1"));
    FunctionSpec b = lab.spec(new InstanceId("b", "nat"), "{}", Optional.of("nat-1"));
    lab.start(driver, a);
    lab.start(driver, b);
    Harm.killAll(driver.observe(a.id()).orThrow().processes());
    lab.start(driver, a);
    lab.start(driver, b);
    assertThat(driver.observe(a.id()).orThrow().isWhole()).isTrue();
    assertThat(driver.observe(b.id()).orThrow().isWhole()).isTrue();
    assertThat(driver.observe(b.id()).orThrow().processes()).hasSize(1);
  }

  @Test
  void whatIsWholeIsLeftAloneAtLittleCost() throws Exception {
    FunctionDriver driver = lab.driver();
    try (Told told = new Told(driver)) {
      lab.start(driver, "{}");
      Set<Integer> processes = observed(driver).processes();
      long[] nanoseconds = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        long began = System.nanoTime();
        driver.create(lab.spec("{}")).orThrow();
        driver.start(lab.spec("{}")).orThrow();
        driver.update(lab.spec("{}")).orThrow();
        nanoseconds[i] = System.nanoTime() - began;
      }
      Arrays.sort(nanoseconds);
      System.out.printf(
          "%s: asked for what is whole: median %.2f ms, most %.2f ms%n",
          isolation, nanoseconds[ROUNDS / 2] / 1e6, nanoseconds[ROUNDS - 1] / 1e6);
      assertThat(observed(driver).processes()).isEqualTo(processes);
      assertThat(log(driver)).isEqualTo("started\n");
      told.expectNothing();
    }
  }

  @Test
  void aKilledFunctionRunsAgainSoon() {
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    long[] nanoseconds = new long[20];
    for (int i = 0; i < nanoseconds.length; i++) {
      killAll(driver);
      long began = System.nanoTime();
      driver.create(lab.spec("{}")).orThrow();
      driver.start(lab.spec("{}")).orThrow();
      nanoseconds[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanoseconds);
    System.out.printf(
        "%s: mended in place: median %.1f ms, most %.1f ms%n",
        isolation, nanoseconds[10] / 1e6, nanoseconds[19] / 1e6);
    assertThat(observed(driver).isWhole()).isTrue();
  }

  private static void killAll(FunctionDriver driver) {
    Harm.killAll(observed(driver).processes());
  }

  private static int link(FunctionDriver driver) {
    try (RouteSocket inside = NetworkNamespace.named(observed(driver).namespace()).routeSocket()) {
      return inside.link("lan0").orElseThrow().index();
    }
  }
}
