package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.docker.DockerLab.ID;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.Execution;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.LogText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** What a container finds, and what it may and may not do. */
@ExtendWith(EngineExtension.class)
@org.junit.jupiter.api.parallel.Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("engine")
@EnabledIf(
    value = "org.universalnode.testbed.PrivateDocker#isInstalled",
    disabledReason = "needs root and dockerd: install Debian's docker.io")
class ContainmentTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int KILLED = 137;

  private final DockerLab lab;
  private final FunctionDriver driver;

  ContainmentTest(EngineExtension.Shared shared, @TempDir Path folder) {
    lab = new DockerLab(shared, folder);
    driver = lab.driver();
  }

  @BeforeEach
  void start() {
    lab.start(driver, lab.spec("{\"a\":1}"));
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void itFindsWhatAFunctionIsTold() {
    assertThat(run("env").output())
        .contains("UN_GRAPH=g1", "UN_FUNCTION=box", "UN_PORT_LAN_0=lan0", "COLOUR=red");
    assertThat(run("sh", "-c", "cat $UN_CONFIG").output()).isEqualTo("{\"a\":1}");
    assertThat(run("ip", "-o", "link").output().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains(" lan0") && line.contains("02:00:00:00:00:01"));
    assertThat(run("ip", "-o", "address").output()).contains("10.6.0.1/24");
  }

  @Test
  void itMayRuleItsOwnNetworkOnly() {
    assertThat(run("ip", "link", "set", "lan0", "mtu", "1400").status()).isZero();
    assertThat(run("cat", "/proc/sys/net/ipv4/ip_forward").output().strip()).isEqualTo("1");
    assertThat(run("mount", "-t", "tmpfs", "none", "/tmp").status()).isNotZero();
    assertThat(run("mknod", "/tmp/memory", "c", "1", "1").status()).isNotZero();
    assertThat(run("sh", "-c", "echo {} > $UN_CONFIG").status()).isNotZero();
    assertThat(run("sh", "-c", "echo x > /.universal-node/wait").status()).isNotZero();
    assertThat(run("sh", "-c", "echo 1 > /proc/sys/kernel/panic").status()).isNotZero();
    assertThat(run("grep", "NoNewPrivs", "/proc/self/status").output()).contains("1");
  }

  @Test
  void whoTakesTooMuchMemoryIsEnded() {
    assertThat(run("dd", "if=/dev/zero", "of=/dev/null", "bs=200M", "count=1").status())
        .isEqualTo(KILLED);
    assertThat(driver.observe(ID).orThrow().isWhole()).isTrue();
  }

  @Test
  void thereAreNoMoreProcessesThanAllowed() {
    String many = "i=0; while test $i -lt 60; do sleep 20 & i=$((i+1)); done; echo all";
    Execution done = run("sh", "-c", many);
    assertThat(done.output()).contains("can't fork").doesNotContain("all\n");
    assertThat(driver.stats(ID).orThrow().processes()).isLessThanOrEqualTo(50);
  }

  @Test
  void aCommandThatTakesTooLongIsEnded() {
    int before = driver.stats(ID).orThrow().processes();
    Result<Execution> late = driver.exec(ID, List.of("sleep", "60"), Duration.ofMillis(500));
    assertThat(late)
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo(Problem.Code.TIMEOUT));
    Awaitility.await()
        .untilAsserted(() -> assertThat(driver.stats(ID).orThrow().processes()).isEqualTo(before));
  }

  @Test
  void whatACommandDoesIsSaid() {
    assertThat(run("sh", "-c", "echo out; echo err >&2; exit 3"))
        .returns(3, Execution::status)
        .satisfies(done -> assertThat(done.output()).contains("out\n", "err\n"));
    assertThat(run("no-such-program").status()).isBetween(126, 127);
  }

  @Test
  void theLogGoesOnWhereItWasReadTo() {
    Awaitility.await().until(() -> lab.log(driver).contains("hello\n{\"a\":1}"));
    LogText read = driver.log(ID, OptionalLong.empty(), 10_000).orThrow();
    LogText rest = driver.log(ID, OptionalLong.of(read.next()), 10_000).orThrow();
    assertThat(rest.text()).isEmpty();
    assertThat(rest.next()).isEqualTo(read.next());
    assertThat(driver.log(ID, OptionalLong.empty(), 8).orThrow().text()).isEqualTo("{\"a\":1}\n");
  }

  private Execution run(String... command) {
    return driver.exec(ID, List.of(command), LONG).orThrow();
  }
}
