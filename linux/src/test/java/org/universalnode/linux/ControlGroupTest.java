package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a cgroup does to the processes inside, in each layout that this machine has. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class ControlGroupTest {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String BUSY = "while :; do :; done";

  /** Which hierarchies are used. */
  enum Layout {
    AS_FOUND,
    V2;

    ControlGroups groups() {
      if (this == AS_FOUND) {
        return ControlGroups.detect();
      }
      Path point = Mounts.read().ofType("cgroup2").orElseThrow().point();
      String line = "1 0 0:1 / %s rw - cgroup2 cgroup2 rw".formatted(point);
      return ControlGroups.of(Mounts.parse(List.of(line)));
    }
  }

  private final Path path =
      Path.of(
          "universal-node-test-group-"
              + ProcessHandle.current().pid()
              + "-"
              + NEXT.incrementAndGet());
  @TempDir Path folder;
  private ControlGroups groups = ControlGroups.detect();
  private ControlGroup group = groups.at(path);

  @AfterEach
  void nothingIsLeft() {
    group.delete();
    assertThat(group.exists()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsFrozenStandsStillUntilItIsLetGo(Layout layout) throws Exception {
    try (LinuxProcess _ = busy(layout, OptionalInt.empty())) {
      group.freeze();
      Duration stopped = group.usage().cpu();
      Thread.sleep(100);
      assertThat(group.usage().cpu()).isEqualTo(stopped);
      group.thaw();
      Awaitility.await().until(() -> group.usage().cpu().compareTo(stopped) > 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsFrozenCanBeEnded(Layout layout) {
    try (LinuxProcess process = busy(layout, OptionalInt.empty())) {
      group.freeze();
      group.kill();
      assertThat(process.await(SOON)).hasValue(128 + 9);
    }
  }

  @ParameterizedTest
  @EnumSource
  void usageTellsMemoryAndTimeOfWhatRuns(Layout layout) {
    try (LinuxProcess _ = busy(layout, OptionalInt.empty())) {
      Awaitility.await().until(() -> group.usage().cpu().toMillis() >= 50);
      if (layout == Layout.AS_FOUND) {
        assertThat(group.usage().memoryBytes().orElseThrow()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "AS_FOUND")
  void processesRunOnTheCoresTheyArePinnedTo(Layout layout) throws IOException {
    try (LinuxProcess process = busy(layout, OptionalInt.empty())) {
      for (int core : List.of(0, Runtime.getRuntime().availableProcessors() - 1, 0)) {
        group.pin(Set.of(core));
        assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/status")))
            .contains("Cpus_allowed_list:\t" + core + "\n");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "AS_FOUND")
  void aLimitOnTheCoreIsKept(Layout layout) throws Exception {
    try (LinuxProcess _ = busy(layout, OptionalInt.of(10))) {
      long began = System.nanoTime();
      long before = group.usage().cpu().toMillis();
      Thread.sleep(1000);
      long used = group.usage().cpu().toMillis() - before;
      long elapsed = (System.nanoTime() - began) / 1_000_000;
      assertThat(used).as("of %s ms", elapsed).isLessThan(elapsed / 4);
    }
  }

  private LinuxProcess busy(Layout layout, OptionalInt cpuPercent) {
    groups = layout.groups();
    group = groups.create(path, new ControlGroups.Limits(64 << 20, 50, cpuPercent));
    LinuxProcess process =
        LinuxProcess.start(
            new ProcessSpec(
                List.of("/bin/sh", "-c", BUSY),
                Map.of("PATH", "/bin:/usr/bin"),
                folder,
                folder.resolve("output"),
                Optional.empty(),
                Optional.of(group)));
    Awaitility.await().until(() -> group.usage().cpu().isPositive());
    return process;
  }
}
