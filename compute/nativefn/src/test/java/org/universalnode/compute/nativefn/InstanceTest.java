package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.nativefn.DriverLab.ID;
import static org.universalnode.compute.nativefn.DriverLab.failure;
import static org.universalnode.compute.nativefn.DriverLab.observed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.compute.Execution;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.InstanceHealth;
import org.universalnode.compute.InstanceStats;
import org.universalnode.compute.LogText;
import org.universalnode.nffg.Isolation;
import org.universalnode.problem.Problem;

/** What people can see of a running instance and do with it. */
@ParameterizedClass
@EnumSource
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class InstanceTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @Parameter Isolation isolation = Isolation.NETWORK;
  @TempDir Path folder;
  private DriverLab lab = new DriverLab(Path.of(""), Isolation.NETWORK);

  @BeforeEach
  void begin() {
    lab = new DriverLab(folder, isolation);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void aCommandRunsWhereTheFunctionRuns() throws IOException {
    lab.script("start", "true");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    Execution shown =
        driver.exec(ID, List.of("ip", "-br", "address", "show", "lan0"), SOON).orThrow();
    assertThat(shown.status()).isZero();
    assertThat(shown.output()).contains("10.5.0.1/24");
    Execution failed =
        driver.exec(ID, List.of("sh", "-c", "echo $UN_GRAPH; exit 9"), SOON).orThrow();
    assertThat(failed).isEqualTo(new Execution(9, "g1\n"));
  }

  @Test
  void aCommandThatDoesNotEndIsEnded() throws IOException {
    lab.script("start", "true");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    Problem problem = failure(driver.exec(ID, List.of("sleep", "300"), Duration.ofMillis(300)));
    assertThat(problem.code()).isEqualTo(Problem.Code.TIMEOUT);
    assertThat(failure(driver.exec(ID, List.of("yes"), Duration.ofSeconds(60))).detail())
        .contains("printed too much");
    Awaitility.await().untilAsserted(() -> assertThat(observed(driver).processes()).isEmpty());
  }

  @Test
  void aFunctionTellsHowItIs() throws IOException {
    lab.script("start", "true");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    assertThat(driver.health(ID).orThrow()).isEqualTo(new InstanceHealth("", "{}"));
    lab.script("status", "echo '{\"b\": 2, \"a\": [1]}'");
    assertThat(driver.health(ID).orThrow())
        .isEqualTo(new InstanceHealth("", "{\"a\":[1],\"b\":2}"));
    lab.script("status", "echo unwell; echo no lease >&2; exit 1");
    assertThat(driver.health(ID).orThrow().reason()).isEqualTo("no lease");
    lab.script("status", "sleep 300");
    assertThat(driver.health(ID).orThrow().reason()).contains("does not answer");
  }

  @Test
  void statsTellWhatItUsesAndMayUse() throws IOException {
    lab.script("start", "setsid sleep 300 &");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    InstanceStats stats = driver.stats(ID).orThrow();
    assertThat(stats.processes()).isEqualTo(1);
    assertThat(stats.memoryBytes().orElseThrow()).isBetween(1L, 64L << 20);
    assertThat(stats.containment()).isEqualTo(lab.spec("{}").containment());
  }

  @Test
  void itsProcessesRunOnTheCoresThatItIsPinnedTo() throws IOException {
    lab.script("start", "setsid sleep 300 &");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    driver.pin(ID, Set.of(0)).orThrow();
    int process = observed(driver).processes().iterator().next();
    assertThat(Files.readString(Path.of("/proc/" + process + "/status")))
        .contains("Cpus_allowed_list:\t0\n");
  }

  @Test
  void theLogGoesOnWhereItWasReadLast() throws IOException {
    lab.script("start", "echo one");
    lab.script("update", "echo two");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    LogText first = driver.log(ID, OptionalLong.empty(), 1000).orThrow();
    assertThat(first).isEqualTo(new LogText("one\n", 4));
    driver.update(lab.spec("{\"a\":1}")).orThrow();
    assertThat(driver.log(ID, OptionalLong.of(first.next()), 1000).orThrow())
        .isEqualTo(new LogText("two\n", 8));
  }

  @Test
  void whatStandsInItsFolderIsForTheNodeOnly() throws IOException {
    lab.script("start", "true");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{\"psk\":\"secret\"}");
    Path instances = folder.resolve("instances");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(instances)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.walk(instances)) {
      Path configuration =
          files.filter(file -> file.endsWith("configuration.json")).findFirst().orElseThrow();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(configuration)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void anUpdateOfWhatIsNotWholeStartsItAgain() throws IOException {
    lab.script("start", "setsid sleep 300 & echo started");
    lab.script("update", "echo updated");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    Set<Integer> processes = observed(driver).processes();
    killAll(driver);
    driver.update(lab.spec("{\"a\":1}")).orThrow();
    boolean kept = isolation == Isolation.NETWORK; // no keeper: nothing says that it is not whole
    assertThat(DriverLab.log(driver)).endsWith(kept ? "updated\n" : "started\n");
    assertThat(observed(driver).processes())
        .hasSize(kept ? 0 : 1)
        .doesNotContainAnyElementsOf(processes);
  }

  /** As when its memory is used up: the processes, and the keeper of a jail with them. */
  private void killAll(FunctionDriver driver) {
    observed(driver).processes().forEach(InstanceTest::kill);
    try (Stream<Path> files = Files.walk(folder.resolve("instances"))) {
      files
          .filter(file -> file.endsWith("keeper"))
          .flatMap(file -> KeeperRecord.read(file).stream())
          .forEach(keeper -> kill(keeper.pid()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await().until(() -> observed(driver).processes().isEmpty());
  }

  private static void kill(int process) {
    ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void aDaemonThatPrintsWithoutEndFillsNoDisk() throws IOException {
    lab.script("start", "(while :; do head -c 100000 /dev/zero; sleep 0.01; done) &");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> driver.log(ID, OptionalLong.empty(), 10).orThrow().next() > 30 * (1 << 20));
    assertThat(bytesOnDisk()).isLessThan(28L << 20);
  }

  @Test
  void aDaemonThatPrintsAsFastAsItCanFillsNoDiskEither() throws Exception {
    lab.script("start", "setsid yes hostile &");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    for (int i = 0; i < 30; i++) {
      assertThat(bytesOnDisk()).isLessThan(28L << 20);
      Thread.sleep(100);
    }
    assertThat(driver.log(ID, OptionalLong.empty(), 1000).orThrow().text()).contains("hostile");
  }

  private long bytesOnDisk() throws IOException {
    try (var files = Files.walk(folder.resolve("instances"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
