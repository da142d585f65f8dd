package org.universalnode.compute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.PortSpec;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.MatchFields;
import org.universalnode.nffg.PortLabel;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchDriverProvider;
import org.universalnode.switching.SwitchRule;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/** Packets between two hosts, by the switch of the kernel, through a virtual machine. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("virtual machines")
@EnabledIf(
    value = "org.universalnode.compute.libvirt.Bridge#isThere",
    disabledReason =
        "needs root, libvirtd, QEMU and a Debian mirror; the output says what is missing")
class TrafficTest {
  private static final String FIREWALL =
      "{\"rules\":[{\"action\":\"deny\",\"protocol\":\"tcp\",\"destination-port\":23}]}";

  @TempDir Path folder;

  @Test
  void aGuestBridgesAndFiltersAndIsWithoutTrafficWhileItIsPaused() throws IOException {
    try (Testbed testbed = new Testbed();
        SwitchDriver driver = ebpf(testbed.name());
        MachineLab lab = new MachineLab(folder)) {
      Host lan = testbed.host("10.0.0.1/24");
      Host wan = testbed.host("10.0.0.2/24");
      FunctionSpec spec = lab.spec(List.of(port(1), port(2)), FIREWALL);
      FunctionDriver functions = lab.driver();
      functions.create(spec).orThrow();
      join(driver, lan.cable(), lab.tap(spec, 0));
      join(driver, wan.cable(), lab.tap(spec, 1));
      functions.start(spec).orThrow();
      assertThat(lan.connect(wan, "10.0.0.2", 80)).contains("10.0.0.1");
      assertThat(wan.connect(lan, "10.0.0.1", 80)).contains("10.0.0.2");
      assertThat(lan.connect(wan, "10.0.0.2", 23)).isEmpty();
      functions.pause(spec.id()).orThrow();
      assertThat(lan.connect(wan, "10.0.0.2", 80)).isEmpty();
      functions.resume(spec.id()).orThrow();
      assertThat(lan.connect(wan, "10.0.0.2", 80)).contains("10.0.0.1");
      isLimited(lab);
      functions.delete(spec.id()).orThrow();
      driver.deletePort(LsiId.BASE, new Attachment.HostInterface(lab.tap(spec, 0))).orThrow();
      driver.deleteLsi(LsiId.BASE).orThrow();
    }
  }

  /** By the memory cgroup in which libvirt puts it, where there is one. */
  private static void isLimited(MachineLab lab) throws IOException {
    int pid = Emulator.of(lab.place().name()).orElseThrow().process().pid();
    Optional<String> group =
        Files.readAllLines(Path.of("/proc", Integer.toString(pid), "cgroup")).stream()
            .filter(line -> line.contains(":memory:/machine"))
            .map(line -> line.substring(line.lastIndexOf(':') + 1))
            .findFirst();
    if (group.isPresent()) {
      Path limit = Path.of("/sys/fs/cgroup/memory" + group.get(), "memory.limit_in_bytes");
      assertThat(limit).hasContent(String.valueOf((128L + 512) << 20));
    }
  }

  private static PortSpec port(int number) {
    return MachineLab.port(PortLabel.parse("port:" + number), number, Optional.empty());
  }

  /** Everything goes from the one to the other, and back. */
  private static void join(SwitchDriver driver, String cable, String tap) {
    LsiPort one = attached(driver, cable);
    LsiPort other = attached(driver, tap);
    driver
        .apply(new RuleChange(Map.of(one, List.of(to(other)), other, List.of(to(one)))))
        .orThrow();
  }

  private static LsiPort attached(SwitchDriver driver, String name) {
    try (RouteSocket route = RouteSocket.open()) {
      route.up(name);
    }
    return driver.createPort(LsiId.BASE, new Attachment.HostInterface(name)).orThrow().port();
  }

  private static SwitchRule to(LsiPort port) {
    return new SwitchRule(
        "to " + port, 1, MatchFields.ANY, RuleAction.outputs(List.of(port.number())));
  }

  private static SwitchDriver ebpf(String node) {
    return SwitchDriverProvider.installed().stream()
        .filter(provider -> provider.name().equals("ebpf"))
        .findFirst()
        .orElseThrow()
        .open(node)
        .orThrow();
  }
}
