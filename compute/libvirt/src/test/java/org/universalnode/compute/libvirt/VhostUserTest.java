package org.universalnode.compute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.compute.PortSpec;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.testbed.SocketBridge;

/** Packets between two hosts through a virtual machine that a switch reaches by its sockets. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("virtual machines")
@EnabledIf(
    value = "org.universalnode.compute.libvirt.Bridge#isThereWithSocketSwitch",
    disabledReason =
        "needs root, libvirtd, QEMU, openvswitch-switch-dpdk and a Debian mirror; the output says"
            + " what is missing")
class VhostUserTest {
  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
  Path folder;

  @Test
  void aGuestBridgesAndGoesOnWhenTheSwitchWasKilled() {
    try (SocketBridge bridge = new SocketBridge(0);
        MachineLab lab = new MachineLab(folder)) {
      FunctionSpec spec = lab.spec(List.of(port(0), port(1)), "{}");
      FunctionDriver driver = lab.driver();
      Instance made = driver.create(spec).orThrow();
      List<Path> sockets =
          made.ports().stream().map(port -> Path.of(port.way().toString())).toList();
      bridge.serve(sockets);
      driver.start(spec).orThrow();
      awaitTraffic(bridge);
      driver.pause(spec.id()).orThrow();
      assertThat(bridge.connects()).isFalse();
      driver.resume(spec.id()).orThrow();
      awaitTraffic(bridge);
      bridge.startAgain();
      await().atMost(SocketBridge.patience()).ignoreExceptions().untilAsserted(bridge::forward);
      awaitTraffic(bridge);
      assertThat(driver.observe(spec.id()).orThrow())
          .returns(true, ObservedInstance::isWhole)
          .returns(ObservedInstance.State.STARTED, ObservedInstance::state);
      driver.delete(spec.id()).orThrow();
      sockets.forEach(socket -> assertThat(socket.toFile().delete()).isTrue());
    }
  }

  private static void awaitTraffic(SocketBridge bridge) {
    await().atMost(SocketBridge.patience()).until(bridge::connects);
  }

  private static PortSpec port(int number) {
    return new PortSpec(
        PortLabel.parse("port:" + number),
        MacAddress.parse("02:00:00:00:00:1" + number),
        Optional.empty(),
        "usvhost");
  }
}
