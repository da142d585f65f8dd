package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
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
    relay(List.of());
  }

  @Test
  void aTagMayBePutOnBetweenThem() {
    relay(List.of(new RuleAction.PushVlan<>(25), new RuleAction.PopVlan<>()));
  }

  private void relay(List<RuleAction<Integer>> between) {
    Host one = machine(1);
    Host other = machine(2);
    LsiPort first = port(hub, tunnel(1, 1, 2));
    LsiPort second = port(hub, tunnel(2, 1, 2));
    join(hub, first, second, between);
    assertThat(new Transfer(TRANSFER_BYTES, 1).run(one, other, "10.97.0.2")).isTrue();
    assertThat(new Transfer(TRANSFER_BYTES, 2).run(other, one, "10.97.0.1")).isTrue();
  }

  /** Its stack is 10.97.0.NUMBER in the network that the tunnels make. */
  private Host machine(int number) {
    Host host = testbed.host(address(number, 2) + "/30");
    try (RouteSocket route = RouteSocket.open()) {
      route.addAddress(host.cable(), InetAddress.ofLiteral(address(number, 1)), 30);
    }
    String node = testbed.name() + "m" + number;
    SwitchDriver driver = opened(host.namespace().call(() -> EbpfSwitch.open(node).orThrow()));
    LsiPort stack = port(driver, stack("10.97.0." + number + "/24"));
    join(driver, stack, port(driver, tunnel(number, 2, 1)), List.of());
    return host;
  }

  private SwitchDriver opened(SwitchDriver driver) {
    drivers.add(driver);
    return driver;
  }

  private static void join(
      SwitchDriver driver, LsiPort one, LsiPort other, List<RuleAction<Integer>> before) {
    driver
        .apply(
            new RuleChange(
                Map.of(
                    one, List.of(rule("there", before, other)),
                    other, List.of(rule("back", before, one)))))
        .orThrow();
  }

  private static SwitchRule rule(String id, List<RuleAction<Integer>> actions, LsiPort port) {
    List<RuleAction<Integer>> all = new ArrayList<>(actions);
    all.add(new RuleAction.Output<>(port.number()));
    return new SwitchRule(id, 1, MatchFields.ANY, all);
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

  private static Attachment stack(String address) {
    return new Attachment.HostStack(
        "g/s",
        new Kind.HostStack(
            Addressing.STATIC,
            Optional.of(InterfaceAddress.parse(address)),
            Optional.empty(),
            Optional.empty()));
  }

  /** In a network of four that no other test on this machine has, of those of RFC 2544. */
  private String address(int network, int host) {
    String[] numbers = testbed.name().substring(2).split("x", 2);
    int number = 977 * Integer.parseInt(numbers[0]) + 8 * Integer.parseInt(numbers[1]) + network;
    int last = 4 * Math.floorMod(number, 1 << 15) + host;
    return "198.%d.%d.%d".formatted(18 + (last >>> 16), last >>> 8 & 0xff, last & 0xff);
  }
}
