package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.EndPoint.Addressing;
import org.universalnode.nffg.EndPoint.Kind;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.IpAddress;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/** Two switches with a VXLAN tunnel between them; the far one gives its own stack an address. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class VxlanTunnelTest {
  private final Testbed testbed = new Testbed();
  private final Host lan = testbed.host("10.97.0.1/24");
  private final Host far = testbed.host("10.98.0.2/24");
  private final SwitchDriver here = EbpfSwitch.open(testbed.name()).orThrow();
  private final SwitchDriver there =
      far.namespace().call(() -> EbpfSwitch.open(testbed.name() + "f").orThrow());

  /** Tests run side by side, and a UDP port is one device's only. */
  private final OptionalInt udpPort =
      OptionalInt.of(20_000 + Math.floorMod(testbed.name().hashCode(), 20_000));

  @AfterEach
  void nothingIsLeft() {
    try (testbed;
        SwitchDriver one = here;
        SwitchDriver other = there) {
      one.deleteLsi(LsiId.BASE).orThrow();
      other.deleteLsi(LsiId.BASE).orThrow();
      assertThat(one.observe().orThrow().ports()).isEmpty();
      assertThat(other.observe().orThrow().ports()).isEmpty();
    }
  }

  @Test
  void framesGoThroughTheTunnelToTheStackOfTheFarMachine() throws IOException {
    try (RouteSocket route = RouteSocket.open()) {
      route.addAddress(far.cable(), InetAddress.ofLiteral("10.98.0.1"), 24);
      route.up(far.cable());
    }
    join(here, port(here, new Attachment.HostInterface(lan.cable())), port(here, tunnel(1, 2)));
    join(there, port(there, stack("10.97.0.2/24")), port(there, tunnel(2, 1)));

    try (DatagramChannel near = lan.udp(9000);
        DatagramChannel distant = far.udp(9000)) {
      Host.send(near, "hello", "10.97.0.2", 9000);
      assertThat(Host.receive(distant)).contains("hello");
      Host.send(distant, "and back", "10.97.0.1", 9000);
      assertThat(Host.receive(near)).contains("and back");
    }
  }

  @Test
  void aTunnelIsOneGraphsOnly() {
    port(here, tunnel(1, 2));
    Attachment again = new Attachment.Tunnel("other/t", vxlan(1, 2));
    assertThatThrownBy(() -> port(here, again)).hasMessageContaining("another graph's");
    assertThat(port(here, tunnel(1, 2))).isEqualTo(port(here, tunnel(1, 2)));
  }

  private static void join(SwitchDriver driver, LsiPort one, LsiPort other) {
    driver
        .apply(new RuleChange(Map.of(one, List.of(to(other)), other, List.of(to(one)))))
        .orThrow();
  }

  private static SwitchRule to(LsiPort port) {
    return new SwitchRule(
        "to " + port, 1, MatchFields.ANY, RuleAction.outputs(List.of(port.number())));
  }

  private static LsiPort port(SwitchDriver driver, Attachment attachment) {
    return driver.createPort(LsiId.BASE, attachment).orThrow().port();
  }

  private Attachment tunnel(int local, int remote) {
    return new Attachment.Tunnel("g/t", vxlan(local, remote));
  }

  private Kind.Vxlan vxlan(int local, int remote) {
    return new Kind.Vxlan(
        IpAddress.parse("10.98.0." + local),
        IpAddress.parse("10.98.0." + remote),
        42,
        udpPort,
        OptionalInt.empty());
  }

  private static Attachment stack(String address) {
    return new Attachment.HostStack(
        "g/s",
        new Kind.HostStack(
            Addressing.STATIC,
            Optional.of(InterfaceAddress.parse(address)),
            Optional.empty(),
            Optional.empty()));
  }
}
