package org.universalnode.switching.openvswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.EndPoint.Kind.Vxlan;
import org.universalnode.nffg.IpAddress;
import org.universalnode.problem.Result;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.kit.Wires;
import org.universalnode.testbed.PrivateOpenVswitch;

/** Tunnels that Open vSwitch would take without carrying them, and VXLAN, which it carries. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class TunnelRefusalTest {
  private final NetworkNamespace namespace =
      NetworkNamespace.create("ovst" + Long.toHexString(System.nanoTime()));
  private final PrivateOpenVswitch ovs = PrivateOpenVswitch.in(namespace);
  private final OpenVswitchWires wires = new OpenVswitchWires(namespace, ovs);
  private final SwitchDriver driver =
      namespace.call(() -> OpenVswitchDriver.open(wires.node(), ovs.socket()).orThrow());

  @AfterEach
  void nothingIsLeft() {
    driver.deleteLsi(LsiId.BASE).orThrow();
    driver.close();
    wires.close();
    try {
      assertThat(ovs.vsctl("list-br")).isEmpty();
    } finally {
      ovs.close();
      namespace.delete();
    }
  }

  @Test
  void anUnderlayThatIsNoBridgeIsRefused() {
    try (RouteSocket route = namespace.routeSocket()) {
      route.up(route.createVeth("plain0", "plain1", "06:00:00:00:00:01"));
      route.up("plain1");
      route.addAddress("plain0", InetAddress.ofLiteral("192.0.2.1"), 24);
    }
    IpAddress here = IpAddress.parse("192.0.2.1");
    assertThat(open("g/t", vxlan(here, IpAddress.parse("192.0.2.2"), 7)).toString())
        .contains("leads to plain0, which is no bridge of Open vSwitch");
    assertThat(driver.observe().orThrow().ports()).isEmpty();
  }

  @Test
  void overIpv6ItIsRefusedWhereItsPacketsWouldBeLost() {
    Wires.Underlay underlay = wires.underlay(true);
    assertThat(open("g/t", vxlan(underlay.address(), underlay.neighbour(), 7)).toString())
        .contains("userspace-tso-enable");
    ovs.vsctl("remove", "Open_vSwitch", ".", "other_config", "userspace-tso-enable");
    Awaitility.await() // the node hears of it a moment later
        .ignoreExceptions()
        .until(() -> port("g/t", vxlan(underlay.address(), underlay.neighbour(), 7)).number() > 0);
  }

  @Test
  void vxlanTunnelsAreToldApartByTheirEndsAndKeepTheirPorts() {
    Wires.Underlay underlay = wires.underlay(false);
    Vxlan one = vxlan(underlay.address(), underlay.neighbour(), 7);
    Vxlan other = vxlan(underlay.address(), underlay.neighbour(), 8);
    LsiPort port = port("g/t", one);
    assertThat(port("g/u", other)).isNotEqualTo(port);
    assertThat(open("h/t", one).toString()).contains("another graph's already");
    assertThat(port("g/t", one)).isEqualTo(port);
    assertThat(ovs.vsctl("--columns=type,options", "find", "interface", "type=vxlan"))
        .contains("dst_port=\"4789\"", "key=\"7\"", "key=\"8\"", "ttl=\"64\"");
    driver.deletePort(LsiId.BASE, new Attachment.Tunnel("g/t", one)).orThrow();
    assertThat(driver.observe().orThrow().ports()).extracting(AttachedPort::port).hasSize(1);
  }

  private LsiPort port(String identity, Vxlan tunnel) {
    return open(identity, tunnel).orThrow().port();
  }

  private Result<AttachedPort> open(String identity, Vxlan tunnel) {
    return driver.createPort(LsiId.BASE, new Attachment.Tunnel(identity, tunnel));
  }

  private static Vxlan vxlan(IpAddress local, IpAddress remote, int vni) {
    return new Vxlan(local, remote, vni, OptionalInt.empty(), OptionalInt.empty());
  }
}
