package org.universalnode.compute.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.ObservedInstance;

/** Real frames through a real process, on interfaces inside its namespace. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("a core")
@EnabledIf(
    value = "org.universalnode.compute.dpdk.InstalledDpdk#isThere",
    disabledReason = "needs root and dpdk-testpmd: install Debian's dpdk-dev")
class TrafficTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration QUIET = Duration.ofMillis(500);

  @TempDir Path folder;
  private DpdkLab lab;
  private FunctionDriver driver;

  @BeforeEach
  void begin() {
    lab = new DpdkLab(folder, 0, "");
    driver = lab.driver();
  }

  @AfterEach
  void end() {
    lab.close();
  }

  @Test
  void framesPassBothWaysAndStopWhileItIsPaused() {
    lab.start(driver);
    assertThat(lab.wire().carries(PATIENCE)).isTrue();
    assertThat(lab.wire().reversed().carries(PATIENCE)).isTrue();
    driver.pause(DpdkLab.ID).orThrow();
    assertThat(driver.health(DpdkLab.ID).orThrow().reason()).contains("paused");
    lab.wire().up();
    assertThat(lab.wire().carries(QUIET)).isFalse();
    driver.resume(DpdkLab.ID).orThrow();
    assertThat(lab.wire().carries(PATIENCE)).isTrue();
    assertThat(lab.wire().reversed().carries(PATIENCE)).isTrue();
  }

  @Test
  void itSurvivesTheNodeAndIsFoundAgain() {
    lab.start(driver);
    Set<Integer> before = driver.observe(DpdkLab.ID).orThrow().processes();
    driver.close();
    FunctionDriver successor = lab.driver();
    lab.start(successor);
    assertThat(successor.observe(DpdkLab.ID).orThrow().processes()).isEqualTo(before).hasSize(1);
    assertThat(lab.wire().carries(PATIENCE)).isTrue();
  }

  @Test
  void whatWasKilledForwardsAgainWhenItIsStartedAgain() {
    lab.start(driver);
    int killed = driver.observe(DpdkLab.ID).orThrow().processes().iterator().next();
    lab.killProcesses();
    ObservedInstance seen = driver.observe(DpdkLab.ID).orThrow();
    assertThat(seen.missing()).singleElement().asString().contains(String.valueOf(killed));
    assertThat(lab.wire().carries(QUIET)).isFalse();
    driver.start(lab.spec("{}")).orThrow();
    assertThat(lab.wire().carries(PATIENCE)).isTrue();
  }

  @Test
  void itsCoresMemoryLogAndCommands() {
    lab.start(driver);
    driver.pin(DpdkLab.ID, Set.of(0)).orThrow();
    assertThat(driver.stats(DpdkLab.ID).orThrow().cores()).containsExactly(0);
    assertThat(driver.stats(DpdkLab.ID).orThrow().memoryBytes().orElseThrow())
        .isBetween(1L << 20, 256L << 20);
    await().atMost(PATIENCE).until(() -> log().contains("Set io packet forwarding mode"));
    assertThat(driver.exec(DpdkLab.ID, List.of("printenv", "COLOUR"), PATIENCE).orThrow().output())
        .isEqualTo("red\n");
    assertThat(driver.health(DpdkLab.ID).orThrow().report()).contains("\"ports\":2");
  }

  private String log() {
    return driver.log(DpdkLab.ID, OptionalLong.empty(), 100_000).orThrow().text();
  }
}
