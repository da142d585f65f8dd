package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.universalnode.switching.devices.Marks;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/** Two machines, each with a GRE tunnel to this one, which joins the tunnels. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class GreRelayTest {
  private static final long TRANSFER_BYTES = 32L << 20;

  private final Testbed testbed = new Testbed();
  private final List<SwitchDriver> drivers = new ArrayList<>();
  private final SwitchDriver hub = opened(EbpfSwitch.open(testbed.name()).orThrow());

  @AfterEach
  void nothingIsLeft() {
    try (testbed) {
      drivers.forEach(driver -> driver.deleteLsi(LsiId.BASE).orThrow());
      drivers.forEach(SwitchDriver::close);
    }
  }

  @Test
  void whatComesByATunnelLeavesByAnother() {
    Host one = testbed.host(address(1, 2) + "/30");
    Host other = testbed.host(address(2, 2) + "/30");
    transfer(one, other, List.of(), List.of());
  }

  /** The second way has less room than the first, which its ends hear of only from the switch. */
  @Test
  void aTagMayBePutOnBetweenTheTunnels() {
    Host one = testbed.host(address(1, 2) + "/30");
    Host other = testbed.host(address(2, 2) + "/30");
    transfer(
        one, other, List.of(new RuleAction.PushVlan<>(25)), List.of(new RuleAction.PopVlan<>()));
  }

  /** The kernel has to hear that the protocol outside is another than inside. */
  @Test
  void ipv6MayLeaveByAnotherTunnelOverIpv4() {
    Host one = testbed.host(address(1, 2) + "/30");
    Host other = testbed.host(address(2, 2) + "/30");
    transfer(one, other, List.of(), List.of());
    ipv6(1, one, "fd97::1");
    ipv6(2, other, "fd97::2");
    assertThat(new Transfer(TRANSFER_BYTES, 3).run(one, other, "fd97::2")).isTrue();
  }

  /** What is done with frames before they enter the second tunnel, and when they have left it. */
  private void transfer(
      Host one, Host other, List<RuleAction<Integer>> before, List<RuleAction<Integer>> after) {
    SwitchDriver first = driver(1, one);
    SwitchDriver second = driver(2, other);
    join(first, stack(first, 1), port(first, tunnel(1, 2, 1)), List.of(), List.of());
    join(hub, tunnelTo(1, one), tunnelTo(2, other), before, after);
    join(second, stack(second, 2), port(second, tunnel(2, 2, 1)), before, after);
    assertThat(new Transfer(TRANSFER_BYTES, 1).run(one, other, "10.97.0.2")).isTrue();
    assertThat(new Transfer(TRANSFER_BYTES, 2).run(other, one, "10.97.0.1")).isTrue();
  }

  private LsiPort tunnelTo(int number, Host host) {
    try (RouteSocket route = RouteSocket.open()) {
      route.addAddress(host.cable(), InetAddress.ofLiteral(address(number, 1)), 30);
    }
    return port(hub, tunnel(number, 1, 2));
  }

  private SwitchDriver driver(int number, Host host) {
    String node = testbed.name() + "m" + number;
    return opened(host.namespace().call(() -> EbpfSwitch.open(node).orThrow()));
  }

  private SwitchDriver opened(SwitchDriver driver) {
    drivers.add(driver);
    return driver;
  }

  private static void join(
      SwitchDriver driver,
      LsiPort one,
      LsiPort other,
      List<RuleAction<Integer>> there,
      List<RuleAction<Integer>> back) {
    driver
        .apply(
            new RuleChange(
                Map.of(one, List.of(rule(there, other)), other, List.of(rule(back, one)))))
        .orThrow();
  }

  private static SwitchRule rule(List<RuleAction<Integer>> actions, LsiPort port) {
    List<RuleAction<Integer>> all = new ArrayList<>(actions);
    all.add(new RuleAction.Output<>(port.number()));
    return new SwitchRule("to " + port, 1, MatchFields.ANY, all);
  }

  private static LsiPort port(SwitchDriver driver, Attachment attachment) {
    return driver.createPort(LsiId.BASE, attachment).orThrow().port();
  }

  private Attachment tunnel(int number, int local, int remote) {
    return new Attachment.Tunnel(
        "g/t" + number,
        new Kind.GreTunnel(
            IpAddress.parse(address(number, local)),
            IpAddress.parse(address(number, remote)),
            0xffff_ffffL,
            OptionalInt.empty(),
            false));
  }

  private static LsiPort stack(SwitchDriver driver, int number) {
    return port(driver, stack(number));
  }

  /** Its address is in the network that the tunnels make. */
  private static Attachment.HostStack stack(int number) {
    Kind.HostStack stack =
        new Kind.HostStack(
            Addressing.STATIC,
            Optional.of(InterfaceAddress.parse("10.97.0." + number + "/24")),
            Optional.empty(),
            Optional.empty());
    return new Attachment.HostStack("g/s", stack);
  }

  /** Nobody is asked whether the address is taken, which would take a second. */
  private void ipv6(int number, Host host, String address) {
    String name = new Marks(testbed.name() + "m" + number).hostSideOf(stack(number));
    Path settings = Path.of("/proc/sys/net/ipv6/conf", name, "accept_dad");
    host.namespace().call(() -> Files.writeString(settings, "0"));
    try (RouteSocket route = host.namespace().routeSocket()) {
      route.addAddress(name, InetAddress.ofLiteral(address), 64);
    }
    host.awaitUsable(address);
  }

  /** In a network of four that no other test on this machine has, of those of RFC 2544. */
  private String address(int network, int host) {
    String[] numbers = testbed.name().substring(2).split("x", 2);
    int number = 977 * Integer.parseInt(numbers[0]) + 8 * Integer.parseInt(numbers[1]) + network;
    int last = 4 * Math.floorMod(number, 1 << 15) + host;
    return "198.%d.%d.%d".formatted(18 + (last >>> 16), last >>> 8 & 0xff, last & 0xff);
  }
}
