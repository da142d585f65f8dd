package org.universalnode.compute.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.linux.NetworkNamespace;

/** Processes that do not what they should, and nodes that died in the middle. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("a core")
@EnabledIf(
    value = "org.universalnode.compute.dpdk.InstalledDpdk#isThere",
    disabledReason = "needs root and dpdk-testpmd: install Debian's dpdk-dev")
class HostileProcessesTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

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
  void oneThatEndsAtOnceFailsWithItsLastWords() {
    lab.write(
        """
        {"program": "dpdk-testpmd", "memory": 48, "ready": "packet forwarding",
         "arguments": ["--nb-cores=99", "--total-num-mbufs=2048"]}
        """);
    for (int i = 0; i < 2; i++) {
      assertThat(lab.tryToStart(driver).toString()).contains("dpdk-testpmd of g1/forwarder ended");
      assertThat(driver.observe(DpdkLab.ID).orThrow().processes()).isEmpty();
      assertThat(driver.observe(DpdkLab.ID).orThrow().state()).isEqualTo(State.CREATED);
    }
    assertThat(driver.log(DpdkLab.ID, OptionalLong.empty(), 100_000).orThrow().text())
        .contains("nb-cores should be");
  }

  @Test
  void oneThatNeverTakesItsPortsIsEnded() throws IOException {
    script("exec sleep 300");
    driver = lab.driver(new Patience(SHORT, SHORT));
    assertThat(lab.tryToStart(driver).toString()).contains("does not forward after 1 s");
    assertThat(driver.observe(DpdkLab.ID).orThrow().processes()).isEmpty();
  }

  @Test
  void oneThatDoesNotEndWhenAskedIsKilled() throws IOException {
    script("trap '' TERM; dpdk-testpmd \"$@\"; while :; do sleep 1; done");
    driver = lab.driver(new Patience(DpdkLab.PATIENCE.start(), SHORT));
    lab.start(driver);
    Set<Integer> processes = driver.observe(DpdkLab.ID).orThrow().processes();
    driver.stop(DpdkLab.ID).orThrow();
    assertThat(processes).isNotEmpty().allMatch(pid -> RunningProcess.of(pid).isEmpty());
    assertThat(driver.observe(DpdkLab.ID).orThrow().processes()).isEmpty();
  }

  @Test
  void thePausedOneEndsToo() {
    lab.start(driver);
    driver.pause(DpdkLab.ID).orThrow();
    driver.stop(DpdkLab.ID).orThrow();
    assertThat(driver.observe(DpdkLab.ID).orThrow().processes()).isEmpty();
    driver.start(lab.spec("{}")).orThrow();
    assertThat(driver.observe(DpdkLab.ID).orThrow().state()).isEqualTo(State.STARTED);
  }

  /** A node died between its last step and what it wrote about that. */
  @Test
  void oneThatWasStartedByADeadNodeIsNotStartedTwice() throws IOException {
    lab.start(driver);
    Set<Integer> before = driver.observe(DpdkLab.ID).orThrow().processes();
    Files.delete(instanceFolder().resolve("started"));
    FunctionDriver successor = lab.driver();
    lab.start(successor);
    assertThat(successor.observe(DpdkLab.ID).orThrow().processes())
        .hasSize(1)
        .doesNotContainAnyElementsOf(before);
    assertThat(lab.wire().carries(DpdkLab.PATIENCE.start())).isTrue();
  }

  @Test
  void whatADeadNodeNeverRecordedIsRemoved() throws IOException {
    lab.start(driver);
    Files.delete(instanceFolder().resolve("instance.json"));
    FunctionDriver successor = lab.driver();
    assertThat(successor.observe().orThrow()).isEmpty();
    assertThat(NetworkNamespace.names(lab.node() + "-")).isEmpty();
  }

  /** And what lost its folder: its process is found by its cgroup. */
  @Test
  void whatNobodyKnowsAnyMoreIsRemovedWithItsProcess() {
    lab.start(driver);
    Set<Integer> processes = driver.observe(DpdkLab.ID).orThrow().processes();
    new InstanceFolder(instanceFolder()).delete();
    FunctionDriver successor = lab.driver();
    assertThat(successor.observe().orThrow()).isEmpty();
    assertThat(NetworkNamespace.names(lab.node() + "-")).isEmpty();
    assertThat(processes).isNotEmpty().allMatch(pid -> RunningProcess.of(pid).isEmpty());
  }

  private Path instanceFolder() {
    return folder.resolve("dpdk").resolve(driver.observe(DpdkLab.ID).orThrow().namespace());
  }

  private void script(String text) throws IOException {
    Path program = lab.archive().resolve("bin/forwarder");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    lab.write(DpdkLab.forwarder(0).replace("\"dpdk-testpmd\"", "\"bin/forwarder\""));
  }
}
