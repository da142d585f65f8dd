package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.RouteSocket;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/** What the eBPF driver does to a machine's interfaces, besides what every driver does. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class EbpfSwitchTest {
  private final Testbed testbed = new Testbed();
  private final Host lan = testbed.host("10.0.0.1/24");
  private final Host wan = testbed.host("10.0.0.2/24");
  private final SwitchDriver driver = EbpfSwitch.open(testbed.name()).orThrow();

  @AfterEach
  void nothingIsLeft() {
    try (testbed;
        driver) {
      driver.deleteLsi(LsiId.BASE).orThrow();
    }
  }

  @Test
  void anInterfaceIsTheSwitchesUntilItIsGivenBack() throws IOException {
    lan.address("192.0.2.1/24");
    driver.createPort(LsiId.BASE, new Attachment.HostInterface(lan.cable())).orThrow();
    driver.createPort(LsiId.BASE, new Attachment.HostInterface(wan.cable())).orThrow();
    try (RouteSocket route = RouteSocket.open()) {
      route.addAddress(lan.cable(), InetAddress.ofLiteral("192.0.2.99"), 24);
    }
    assertThat(thisMachineAnswers(lan, "192.0.2.99")).isFalse();
    driver.deletePort(LsiId.BASE, new Attachment.HostInterface(lan.cable())).orThrow();
    assertThat(thisMachineAnswers(lan, "192.0.2.99")).isTrue();
    assertThat(driver.observe().orThrow().ports())
        .extracting(AttachedPort::switchInterface)
        .containsExactly(wan.cable());
  }

  /** Whether the host resolves an address of this machine by ARP, asked by sending to it. */
  private static boolean thisMachineAnswers(Host host, String address) throws IOException {
    try (DatagramChannel udp = host.udp(9001)) {
      Host.send(udp, "who are you", address, 9);
      Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> resolved(host, address));
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private static boolean resolved(Host host, String address) {
    return host
        .namespace()
        .call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/arp")))
        .stream()
        .anyMatch(line -> line.startsWith(address + " ") && line.contains(" 0x2 "));
  }
}
