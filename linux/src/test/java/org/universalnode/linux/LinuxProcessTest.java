package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class LinuxProcessTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Path CGROUP =
      Path.of("universal-node-test-" + ProcessHandle.current().pid());
  private static final ControlGroups.Limits LIMITS = new ControlGroups.Limits(64 << 20, 50);

  @TempDir Path folder;

  @Test
  void itsOutputEnvironmentAndStatusAreItsOwn() throws Exception {
    try (LinuxProcess process =
        LinuxProcess.start(shell("echo $GREETING $0 $1; pwd; env; exit 3", "two words"))) {
      assertThat(process.await(SOON)).hasValue(3);
    }
    assertThat(output())
        .contains("hello sh two words", folder.toString())
        .noneMatch(line -> line.startsWith("JAVA_HOME"));
  }

  @Test
  void inheritsNoDescriptorOfTheNode() throws Exception {
    try (LinuxProcess process = LinuxProcess.start(shell("ls /proc/self/fd", "x"))) {
      assertThat(process.await(SOON)).hasValue(0);
    }
    assertThat(output()).containsExactly("0", "1", "2", "3"); // 3 is the folder that ls reads
  }

  @Test
  void aProgramThatIsNotThereIsSaidSo() throws Exception {
    ProcessSpec spec = spec(List.of("/nonexistent/start"), Optional.empty(), Optional.empty());
    try (LinuxProcess process = LinuxProcess.start(spec)) {
      assertThat(process.await(SOON)).hasValue(LinuxProcess.LAUNCH_FAILED);
    }
    assertThat(output()).last().asString().contains("/nonexistent/start", "No such file");
  }

  /** As when another thread starts a process while the file is written. */
  @Test
  void aProgramThatSomebodyStillHasOpenForWritingIsWaitedFor() throws Exception {
    Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\necho done\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    FileChannel open = FileChannel.open(script, StandardOpenOption.WRITE);
    ProcessSpec spec = spec(List.of(script.toString()), Optional.empty(), Optional.empty());
    try (open;
        LinuxProcess process = LinuxProcess.start(spec)) {
      assertThat(process.await(Duration.ofMillis(100))).isEmpty();
      open.close();
      assertThat(process.await(SOON)).hasValue(0);
    }
    assertThat(output()).containsExactly("done");
  }

  @Test
  void runsInsideItsNamespaceFromTheStart() throws Exception {
    NetworkNamespace namespace = NetworkNamespace.create("unproc-" + ProcessHandle.current().pid());
    ProcessSpec spec =
        spec(List.of("/bin/cat", "/proc/net/dev"), Optional.of(namespace), Optional.empty());
    try (LinuxProcess process = LinuxProcess.start(spec)) {
      assertThat(process.await(SOON)).hasValue(0);
    } finally {
      namespace.delete();
    }
    assertThat(output()).hasSize(3).last().asString().contains("lo:");
  }

  @Test
  void aRunningOneIsKilledAndSaysWhichSignalEndedIt() {
    try (LinuxProcess process = LinuxProcess.start(shell("exec sleep 100", "x"))) {
      assertThat(process.await(Duration.ofMillis(50))).isEmpty();
      process.kill();
      assertThat(process.await(SOON)).hasValue(128 + 9);
    }
  }

  @Test
  void everythingItStartedIsFoundInItsCgroupAndEndedWithIt() {
    ControlGroups groups = ControlGroups.detect();
    assertThat(groups.missing()).isEmpty();
    ControlGroup group = groups.create(CGROUP.resolve("a"), LIMITS);
    String orphan = "(setsid sleep 100 &) ; sleep 100 & exit 0";
    ProcessSpec spec = spec(List.of("/bin/sh", "-c", orphan), Optional.empty(), Optional.of(group));
    try (LinuxProcess process = LinuxProcess.start(spec)) {
      assertThat(process.await(SOON)).hasValue(0);
      Awaitility.await().untilAsserted(() -> assertThat(group.processes()).hasSize(2));
    } finally {
      group.delete();
      groups.removeIfEmpty(CGROUP);
    }
    assertThat(group.processes()).isEmpty();
    assertThat(group.exists()).isFalse();
  }

  @Test
  void whatIsInACgroupCanBeAskedToEnd() throws Exception {
    ControlGroups groups = ControlGroups.detect();
    ControlGroup group = groups.create(CGROUP.resolve("asked"), LIMITS);
    String polite = "trap 'echo goodbye; exit 3' TERM; echo ready; while :; do sleep 0.01; done";
    ProcessSpec spec = spec(List.of("/bin/sh", "-c", polite), Optional.empty(), Optional.of(group));
    try (LinuxProcess process = LinuxProcess.start(spec)) {
      Awaitility.await().until(() -> output().contains("ready"));
      group.terminate();
      assertThat(process.await(SOON)).hasValue(3);
      assertThat(output()).contains("goodbye");
    } finally {
      group.delete();
      groups.removeIfEmpty(CGROUP);
    }
  }

  @Test
  void aChildBornInAV2CgroupEndsAsItWouldWithoutAndIsTracked() {
    List<String> v2 = List.of("1 0 0:1 / %s rw - cgroup2 cgroup2 rw");
    Path point = Mounts.read().ofType("cgroup2").orElseThrow().point();
    ControlGroups groups = ControlGroups.of(Mounts.parse(List.of(v2.getFirst().formatted(point))));
    ControlGroup group = groups.create(CGROUP.resolve("v2"), LIMITS);
    String script =
        "(setsid sleep 100 &) ; grep -q universal-node-test /proc/self/cgroup; exit $?7";
    ProcessSpec spec = spec(List.of("/bin/sh", "-c", script), Optional.empty(), Optional.of(group));
    try (LinuxProcess process = LinuxProcess.start(spec)) {
      assertThat(process.await(SOON)).hasValue(7);
      Awaitility.await().untilAsserted(() -> assertThat(group.processes()).hasSize(1));
      group.kill();
      assertThat(group.processes()).isEmpty();
    } finally {
      group.delete();
      groups.removeIfEmpty(CGROUP);
    }
  }

  @Test
  void aForkBombIsContainedAndEnded() {
    ControlGroups groups = ControlGroups.detect();
    ControlGroup group = groups.create(CGROUP.resolve("bomb"), LIMITS);
    String bomb = "while :; do sleep 100 & done";
    ProcessSpec spec = spec(List.of("/bin/sh", "-c", bomb), Optional.empty(), Optional.of(group));
    try (LinuxProcess process = LinuxProcess.start(spec)) {
      Awaitility.await().until(() -> group.processes().size() > 10);
      assertThat(group.processes()).hasSizeLessThanOrEqualTo(LIMITS.processes());
      group.delete();
      assertThat(process.await(SOON)).isPresent();
    } finally {
      group.delete();
      groups.removeIfEmpty(CGROUP);
    }
    assertThat(group.processes()).isEmpty();
  }

  private ProcessSpec shell(String script, String argument) {
    List<String> command = List.of("/bin/sh", "-c", script, "sh", argument);
    return spec(command, Optional.empty(), Optional.empty());
  }

  private ProcessSpec spec(
      List<String> command, Optional<NetworkNamespace> namespace, Optional<ControlGroup> cgroup) {
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "GREETING", "hello");
    return new ProcessSpec(command, environment, folder, folder.resolve("log"), namespace, cgroup);
  }

  private List<String> output() throws Exception {
    return Files.readAllLines(folder.resolve("log"));
  }
}
