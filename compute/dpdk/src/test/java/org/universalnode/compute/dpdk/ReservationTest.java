package org.universalnode.compute.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.testbed.HugePages;

/** Huge pages are given to instances as long as there are some, and come back. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("a core")
@EnabledIf(
    value = "org.universalnode.compute.dpdk.InstalledDpdk#isThere",
    disabledReason = "needs root and dpdk-testpmd: install Debian's dpdk-dev")
class ReservationTest {
  private static final int PAGES = 32;
  private static final int MORE_THAN_ANY_MACHINE_HAS = 65_536;
  private static final Path FREE =
      Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages");

  @TempDir Path folder;
  private HugePages pages;
  private DpdkLab lab;
  private FunctionDriver driver;

  @BeforeEach
  void begin() {
    pages = HugePages.add(PAGES);
    lab = new DpdkLab(folder, PAGES, "");
    driver = lab.driver();
  }

  @AfterEach
  void end() {
    try (HugePages _ = pages) {
      lab.close();
    }
  }

  @Test
  void anInstanceHasThemUntilItEndsAndAKilledOneLeavesNone() {
    int before = free();
    lab.start(driver);
    assertThat(before - free()).isEqualTo(PAGES);
    assertThat(lab.wire().carries(Duration.ofSeconds(20))).isTrue();
    assertThat(driver.stats(DpdkLab.ID).orThrow().memoryBytes().orElseThrow())
        .isGreaterThan(PAGES * (2L << 20));
    lab.killProcesses();
    await().until(() -> free() == before);
    assertThat(driver.stats(DpdkLab.ID).orThrow().memoryBytes().orElse(0)).isLessThan(32L << 20);
    driver.start(lab.spec("{}")).orThrow();
    driver.stop(DpdkLab.ID).orThrow();
    await().until(() -> free() == before);
  }

  @Test
  void whatIsMissingIsSaidAndNothingIsMade() {
    lab.describe(MORE_THAN_ANY_MACHINE_HAS);
    assertThat(driver.create(lab.spec("{}")))
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> {
              Problem problem = failed.problem();
              assertThat(problem.code()).isEqualTo(Problem.Code.LIMIT);
              assertThat(problem.detail())
                  .contains("needs 65536 huge pages of 2 MiB")
                  .endsWith("are missing");
              assertThat(problem.nextStep()).contains("vm.nr_hugepages");
            });
    assertThat(driver.observe().orThrow()).isEmpty();
  }

  @Test
  void thoseOfOneThatIsNotStartedAreNobodyElses() {
    lab.describe(free());
    Result<Instance> first = driver.create(lab.spec("{}"));
    Result<Instance> second = driver.create(other(lab.spec("{}")));
    assertThat(first).isInstanceOf(Result.Done.class);
    assertThat(second.toString()).contains("0 are free");
    driver.delete(DpdkLab.ID).orThrow();
    assertThat(driver.create(other(lab.spec("{}")))).isInstanceOf(Result.Done.class);
  }

  @Test
  void moreMemoryThanItMayUseIsRefused() {
    lab.write("{\"program\": \"dpdk-testpmd\", \"memory\": 1000}");
    driver.install(new ImageSource.Folder(lab.archive())).orThrow();
    assertThat(driver.create(lab.spec("{}")).toString())
        .contains("may use 256 MiB, and its process needs 1064");
    assertThat(driver.observe().orThrow()).isEmpty();
  }

  private static FunctionSpec other(FunctionSpec spec) {
    return new FunctionSpec(
        new InstanceId("g2", "forwarder"),
        spec.lsi(),
        spec.image(),
        spec.ports(),
        spec.configuration(),
        spec.containment(),
        spec.shared(),
        spec.surroundings());
  }

  private static int free() {
    try {
      return Integer.parseInt(Files.readString(FREE).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
