package org.universalnode.compute.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.Watch;
import org.universalnode.testbed.SocketBridge;

/** Real frames through Open vSwitch and a real process, by vhost-user sockets and huge pages. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("a core")
@EnabledIf(
    value = "org.universalnode.compute.dpdk.InstalledDpdk#isThereWithSwitch",
    disabledReason = "needs root: install Debian's dpdk-dev and openvswitch-switch-dpdk")
class VhostUserTest {
  private static final int HUGE_PAGES = 32;

  @TempDir Path folder;
  private SocketBridge bridge;
  private DpdkLab lab;
  private FunctionDriver driver;

  @BeforeEach
  void begin() {
    bridge = new SocketBridge(HUGE_PAGES);
    lab = new DpdkLab(folder, HUGE_PAGES, "usvhost");
    driver = lab.driver();
  }

  @AfterEach
  void end() {
    try (SocketBridge _ = bridge) {
      lab.close();
    }
  }

  @Test
  void framesPassThroughTheSwitchAndTheProcessAlsoAfterTheSwitchWasKilled() {
    driver.install(new ImageSource.Folder(lab.archive())).orThrow();
    Instance made = driver.create(lab.spec("{}")).orThrow();
    bridge.serve(made.ports().stream().map(port -> Path.of(port.way().toString())).toList());
    driver.start(lab.spec("{}")).orThrow();
    awaitTraffic();
    assertThat(driver.stats(DpdkLab.ID).orThrow().memoryBytes().orElseThrow())
        .isGreaterThan(HUGE_PAGES * (2L << 20));

    driver.pause(DpdkLab.ID).orThrow();
    assertThat(bridge.connects()).isFalse();
    driver.resume(DpdkLab.ID).orThrow();
    awaitTraffic();

    List<InstanceId> told = new CopyOnWriteArrayList<>();
    try (Watch _ = driver.watch(told::add)) {
      bridge.startAgain();
      await()
          .atMost(SocketBridge.patience())
          .ignoreExceptions()
          .untilAsserted(() -> bridge.forward());
      await().atMost(SocketBridge.patience()).until(() -> told.contains(DpdkLab.ID));
      assertThat(driver.observe(DpdkLab.ID).orThrow().missing()).isNotEmpty();
      driver.start(lab.spec("{}")).orThrow();
      awaitTraffic();
    }
  }

  private void awaitTraffic() {
    await().atMost(SocketBridge.patience()).until(bridge::connects);
  }
}
