package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.TrafficControl.Hook;
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

/**
 * Two switches with a GRE tunnel between them: a host behind this machine's, and the far machine's
 * own stack, which has an address in the host's network and one in the network between.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class GreTunnelTest {
  private static final long TRANSFER_BYTES = 64L << 20;

  /** Of the underlay, as many as there are if a packet carries four segments on average. */
  private static final long MOST_PACKETS = TRANSFER_BYTES / 1400 / 4;

  private final Testbed testbed = new Testbed();
  private final String between = network();
  private final Host lan = testbed.host("10.97.0.1/24");
  private final Host far = testbed.host(between + "2/24");
  private final RouteSocket route = RouteSocket.open();
  private final TrafficControl traffic = TrafficControl.open();
  private final SwitchDriver here = EbpfSwitch.open(testbed.name()).orThrow();
  private final SwitchDriver there =
      far.namespace().call(() -> EbpfSwitch.open(testbed.name() + "f").orThrow());

  @BeforeEach
  void giveThisMachineAnAddress() {
    route.addAddress(far.cable(), InetAddress.ofLiteral(between + "1"), 24);
  }

  @AfterEach
  void nothingIsLeft() {
    try (testbed;
        route;
        traffic;
        SwitchDriver one = here;
        SwitchDriver other = there) {
      one.deleteLsi(LsiId.BASE).orThrow();
      other.deleteLsi(LsiId.BASE).orThrow();
      assertThat(one.observe().orThrow().ports()).isEmpty();
      assertThat(other.observe().orThrow().ports()).isEmpty();
    }
  }

  @Test
  void largeTransfersArriveWhole() {
    join(List.of(), List.of());
    transferBothWays();
  }

  @Test
  void largeTransfersArriveWholeWithATagInside() {
    join(List.of(new RuleAction.PushVlan<>(25)), List.of(new RuleAction.PopVlan<>()));
    transferBothWays();
  }

  /** So it was when the interface was unplugged and is configured again. */
  @Test
  void aTunnelFindsItsWayAgain() {
    join(List.of(), List.of());
    assertThat(greets()).isTrue();
    testbed.replug(far, between + "2/24");
    assertThat(greets()).isFalse();
    route.addAddress(far.cable(), InetAddress.ofLiteral(between + "1"), 24);
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(this::greets);
    assertThat(lan.connect(far, "10.97.0.2", 9002)).contains("10.97.0.1");
  }

  /** The switch has all frames of the interface but those of its tunnels. */
  @Test
  void theUnderlayMayBeAPortToo() throws Exception {
    String mac = far.namespace().call(() -> macOf("eth0"));
    Link cable = link();
    route.addNeighbour(cable, InetAddress.ofLiteral(between + "2"), mac);
    try (RouteSocket distant = far.namespace().routeSocket()) {
      Link end = distant.link("eth0").orElseThrow();
      distant.addNeighbour(end, InetAddress.ofLiteral(between + "1"), cable.mac());
    }
    Attachment given = new Attachment.HostInterface(far.cable());
    port(here, given);
    join(List.of(), List.of());
    assertThat(greets()).isTrue();
    here.deletePort(LsiId.BASE, given).orThrow();
    assertThat(greets()).isTrue();
    port(here, given);
    assertThat(greets()).isTrue();
    here.deletePort(LsiId.BASE, tunnel(1, 2)).orThrow();
    here.deletePort(LsiId.BASE, given).orThrow();
    assertThat(hasPlaceForFilters()).isFalse();
  }

  @Test
  void theUnderlayIsLeftAsItWasFound() {
    assertThat(hasPlaceForFilters()).isFalse();
    port(here, tunnel(1, 2));
    assertThat(hasPlaceForFilters()).isTrue();
    here.deletePort(LsiId.BASE, tunnel(1, 2)).orThrow();
    assertThat(hasPlaceForFilters()).isFalse();
  }

  @Test
  void filtersOfOthersStayAtTheUnderlay() {
    port(here, tunnel(1, 2));
    Path pins = BpfFilesystem.ROOT.resolve("universal-node").resolve(testbed.name());
    try (BpfProgram theirs = BpfProgram.pinned(pins.resolve("lsi"))) {
      traffic.attach(link(), Hook.EGRESS, theirs, "somebody");
    }
    here.deletePort(LsiId.BASE, tunnel(1, 2)).orThrow();
    assertThat(hasPlaceForFilters()).isTrue();
  }

  private void transferBothWays() {
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(this::greets);
    long sent = counted("tx_packets");
    assertThat(Transfer.of(TRANSFER_BYTES).run(lan, far, "10.97.0.2")).isTrue();
    assertThat(counted("tx_packets") - sent).isLessThan(MOST_PACKETS);
    long received = counted("rx_packets");
    assertThat(Transfer.of(TRANSFER_BYTES).run(far, lan, "10.97.0.1")).isTrue();
    assertThat(counted("rx_packets") - received).isLessThan(MOST_PACKETS);
  }

  private long counted(String what) {
    Path statistics = Path.of("/sys/class/net", far.cable(), "statistics", what);
    try {
      return Long.parseLong(Files.readString(statistics).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the host behind this machine gets an answer from the far machine. */
  private boolean greets() {
    try (DatagramChannel near = lan.udp(9000);
        DatagramChannel distant = far.udp(9000)) {
      Host.send(near, "hello", "10.97.0.2", 9000);
      if (!Host.receive(distant).equals(Optional.of("hello"))) {
        return false;
      }
      Host.send(distant, "and back", "10.97.0.1", 9000);
      return Host.receive(near).equals(Optional.of("and back"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is done with frames before they enter the tunnel, and when they have left it. */
  private void join(List<RuleAction<Integer>> before, List<RuleAction<Integer>> after) {
    LsiPort cable = port(here, new Attachment.HostInterface(lan.cable()));
    join(here, cable, port(here, tunnel(1, 2)), before, after);
    join(there, port(there, stack()), port(there, tunnel(2, 1)), before, after);
  }

  private static void join(
      SwitchDriver driver,
      LsiPort inside,
      LsiPort tunnel,
      List<RuleAction<Integer>> before,
      List<RuleAction<Integer>> after) {
    driver
        .apply(
            new RuleChange(
                Map.of(
                    inside, List.of(rule("out", before, tunnel)),
                    tunnel, List.of(rule("in", after, inside)))))
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

  private Attachment tunnel(int local, int remote) {
    return new Attachment.Tunnel(
        "g/t",
        new Kind.GreTunnel(
            IpAddress.parse(between + local),
            IpAddress.parse(between + remote),
            42,
            OptionalInt.empty(),
            false));
  }

  private static Attachment stack() {
    return new Attachment.HostStack(
        "g/s",
        new Kind.HostStack(
            Addressing.STATIC,
            Optional.of(InterfaceAddress.parse("10.97.0.2/24")),
            Optional.empty(),
            Optional.empty()));
  }

  private boolean hasPlaceForFilters() {
    return traffic.hasPlace(link());
  }

  private Link link() {
    return route.link(far.cable()).orElseThrow();
  }

  private static String macOf(String name) throws IOException {
    try (RouteSocket distant = RouteSocket.open()) {
      return distant.link(name).orElseThrow().mac();
    }
  }

  /** One that no other test on this machine has, of those of RFC 2544. */
  private String network() {
    String[] numbers = testbed.name().substring(2).split("x", 2);
    int number = 977 * Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]);
    return "198.%d.%d.".formatted(18 + (number >>> 8 & 1), number & 0xff);
  }
}
