package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.universalnode.switching.kit.TestSwitch.forward;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
import org.universalnode.nffg.EndPointType;
import org.universalnode.nffg.IpAddress;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchCounters;
import org.universalnode.switching.reference.Frame;

/** GRE tunnels, whose packets are compared byte by byte with what RFC 2784 and 2890 say. */
abstract class TunnelCases extends ConformanceCases {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration SHORT = Duration.ofMillis(100);

  /** A key whose highest bit is set. */
  private static final long KEY = 0xfeed_0001L;

  private static final Frame ANY = frame("udp 10.0.0.1:5 -> 10.0.0.2:6");

  private static final List<Frame> FRAMES =
      List.of(
          ANY,
          frame("udp [2001:db8::1]:53 -> [2001:db8::2]:5353"),
          frame("tcp 10.0.0.1:5 -> 10.0.0.2:6 vlan 25 priority 5"),
          frame("arp who-has 10.0.0.1 tell 10.0.0.2"),
          frame("arp who-has 10.0.0.1 tell 10.0.0.2 vlan 7"),
          // two tags; MPLS; less than an IP header behind Ethernet's
          frame("udp 10.0.0.1:5 -> 10.0.0.2:6 vlan 6").pushed(5).orElseThrow(),
          frame("hex:0200000000020200000000018847" + "0001b140".repeat(8)),
          frame("hex:02000000000202000000000188b5" + "0102030405"));

  private LsiPort lan = new LsiPort(LsiId.BASE, 0);

  TunnelCases(SwitchDriverConformance suite) {
    super(suite);
  }

  @BeforeEach
  void plugIn() {
    assumeTrue(tested.driver().features().endPoints().contains(EndPointType.GRE_TUNNEL));
    lan = tested.machinePort();
  }

  @Test
  void whatLeavesGetsOuterHeaders() {
    for (boolean ipv6 : versions()) {
      GrePacket packet = packet(ipv6, OptionalInt.of(9));
      join(packet);
      FRAMES.forEach(frame -> out(packet, frame));
    }
  }

  @Test
  void whatArrivesLosesThem() {
    for (boolean ipv6 : versions()) {
      GrePacket packet = packet(ipv6, OptionalInt.empty());
      join(packet);
      FRAMES.forEach(frame -> in(packet, frame));
    }
  }

  @Test
  void optionalPartsOfTheHeadersArePassedOver() {
    GrePacket old = packet(false, OptionalInt.empty());
    join(old);
    arrives(old, old.receivedWithAllParts(ANY));
    if (versions().contains(true)) {
      GrePacket young = packet(true, OptionalInt.empty());
      join(young);
      arrives(young, young.receivedWithOption(ANY));
    }
  }

  @Test
  void anythingElseIsTheMachines() {
    GrePacket packet = packet(false, OptionalInt.empty());
    join(packet);
    int version = 1;
    int noKey = 0;
    for (Frame other :
        List.of(
            packet.changed(ANY, 1, version),
            packet.changed(ANY, 0, noKey),
            packet.changed(ANY, 2, 0x08),
            packet.changed(ANY, 7, 2),
            packet.sent(ANY))) {
      tested.wires().send(packet.underlay().wire(), other);
    }
    assertThat(awaited(tested.layout().wire(lan), SHORT)).isEmpty();
    arrives(packet, packet.received(ANY));
    Wires.Underlay underlay = packet.underlay();
    String echo =
        "icmp %s -> %s src-mac %s dst-mac %s"
            .formatted(
                underlay.neighbour(), underlay.address(), underlay.neighbourMac(), underlay.mac());
    tested.wires().send(underlay.wire(), frame(echo));
    assertThat(awaited(underlay.wire(), PATIENCE))
        .hasValueSatisfying(reply -> assertThat(reply.describe()).contains("icmp"));
  }

  /** Who can send to one network of the machine is nobody in another. */
  @Test
  void packetsOfATunnelArriveByItsUnderlayOnly() {
    GrePacket packet = packet(false, OptionalInt.empty());
    GrePacket elsewhere = packet(false, OptionalInt.empty());
    open("g/elsewhere", elsewhere.tunnel()).orThrow();
    join(packet);
    Wires.Underlay other = elsewhere.underlay();
    Wires.Underlay forged =
        new Wires.Underlay(
            other.wire(),
            packet.underlay().address(),
            other.mac(),
            packet.underlay().neighbour(),
            other.neighbourMac());
    tested.wires().send(other.wire(), new GrePacket(forged, packet.tunnel()).received(ANY));
    assertThat(awaited(tested.layout().wire(lan), SHORT)).isEmpty();
    in(packet, ANY);
  }

  @Test
  void tunnelsGoOnWhenTheNodeEndsAndAreFoundWhenItBegins() {
    GrePacket packet = packet(false, OptionalInt.empty());
    LsiPort before = join(packet);
    tested.nodeEnds();
    out(packet, ANY);
    in(packet, ANY);
    tested.nodeBegins();
    out(packet, ANY);
    assertThat(open("g/t", packet.tunnel()).orThrow().port()).isEqualTo(before);
    out(packet, ANY);
    in(packet, ANY);
  }

  @Test
  void aTunnelThatIsTakenAwayTakesNothingIn() {
    GrePacket packet = packet(false, OptionalInt.empty());
    Attachment tunnel = new Attachment.Tunnel("g/t", packet.tunnel());
    join(packet);
    in(packet, ANY);
    tested.driver().deletePort(LsiId.BASE, tunnel).orThrow();
    tested.driver().deletePort(LsiId.BASE, tunnel).orThrow();
    assertThat(tested.driver().observe().orThrow().ports())
        .extracting(AttachedPort::port)
        .containsExactly(lan);
    tested.wires().send(packet.underlay().wire(), packet.received(ANY));
    assertThat(awaited(tested.layout().wire(lan), SHORT)).isEmpty();
    LsiPort again = join(packet);
    in(packet, ANY);
    tested.driver().deletePort(again).orThrow();
    assertThat(tested.driver().observe().orThrow().ports())
        .extracting(AttachedPort::port)
        .containsExactly(lan);
  }

  @Test
  void aTunnelThatChangesKeepsItsPort() {
    GrePacket first = packet(false, OptionalInt.empty());
    LsiPort port = join(first);
    GreTunnel tunnel = first.tunnel();
    GreTunnel other =
        new GreTunnel(tunnel.local(), tunnel.remote(), 0, OptionalInt.of(3), tunnel.secure());
    GrePacket second = new GrePacket(first.underlay(), other);
    assertThat(join(second)).isEqualTo(port);
    out(second, ANY);
    in(second, ANY);
    tested.wires().send(first.underlay().wire(), first.received(ANY));
    assertThat(awaited(tested.layout().wire(lan), SHORT)).isEmpty();
  }

  @Test
  void aTunnelIsOneGraphsOnly() {
    GrePacket packet = packet(false, OptionalInt.empty());
    AttachedPort port = open("g/t", packet.tunnel()).orThrow();
    assertThat(problem(open("other/t", packet.tunnel()))).isEqualTo(Problem.Code.CONFLICT);
    assertThat(open("g/t", packet.tunnel()).orThrow()).isEqualTo(port);
    assertThat(tested.driver().observe().orThrow().ports()).contains(port).hasSize(2);
  }

  @Test
  void withoutItsAddressOrARouteATunnelIsRefused() {
    IpAddress nobody = IpAddress.parse("192.0.2.77");
    GreTunnel strange = new GreTunnel(nobody, nobody, KEY, OptionalInt.empty(), false);
    assertThat(open("g/t", strange).toString()).contains("192.0.2.77");
    assertThat(problem(open("g/t", strange))).isEqualTo(Problem.Code.UNSUPPORTED);
    IpAddress oneself = IpAddress.parse("127.0.0.1");
    GreTunnel inside = new GreTunnel(oneself, oneself, KEY, OptionalInt.empty(), false);
    assertThat(open("g/t", inside).toString()).contains("leads to lo,");
    assertThat(problem(open("g/t", inside))).isEqualTo(Problem.Code.UNSUPPORTED);
    assertThat(tested.driver().observe().orThrow().ports())
        .extracting(AttachedPort::port)
        .containsExactly(lan);
  }

  @Test
  void whatGoesThroughIsCounted() {
    GrePacket packet = packet(false, OptionalInt.empty());
    LsiPort port = join(packet);
    out(packet, ANY);
    out(packet, ANY);
    in(packet, ANY);
    tested.awaitCounters();
    SwitchCounters.Count one = new SwitchCounters.Count(1, ANY.size());
    assertThat(tested.counters(LsiId.BASE).ports())
        .containsEntry(
            port.number(),
            new SwitchCounters.Traffic(one, one.plus(one), SwitchCounters.Count.NONE));
  }

  /** Of IP, outside; whether it is IPv6. */
  private List<Boolean> versions() {
    return tested.wires().carriesTunnelsOverIpv6() ? List.of(false, true) : List.of(false);
  }

  private GrePacket packet(boolean ipv6, OptionalInt ttl) {
    Wires.Underlay underlay = tested.wires().underlay(ipv6);
    return new GrePacket(
        underlay, new GreTunnel(underlay.address(), underlay.neighbour(), KEY, ttl, false));
  }

  private Result<AttachedPort> open(String identity, GreTunnel tunnel) {
    return tested.driver().createPort(LsiId.BASE, new Attachment.Tunnel(identity, tunnel));
  }

  /** Joins the tunnel with the local network, as the only one. */
  private LsiPort join(GrePacket packet) {
    LsiPort tunnel = open("g/t", packet.tunnel()).orThrow().port();
    tested.apply(lan, forward("out", tunnel));
    tested.apply(tunnel, forward("in", lan));
    return tunnel;
  }

  private void out(GrePacket packet, Frame inner) {
    tested.wires().send(tested.layout().wire(lan), inner);
    assertThat(awaited(packet.underlay().wire(), PATIENCE)).hasValue(packet.sent(inner));
  }

  private void in(GrePacket packet, Frame inner) {
    tested.wires().send(packet.underlay().wire(), packet.received(inner));
    Optional<Frame> got = awaited(tested.layout().wire(lan), PATIENCE);
    assertThat(got.map(TunnelCases::unpadded)).as(inner.describe()).hasValue(unpadded(inner));
  }

  private void arrives(GrePacket packet, Frame outer) {
    tested.wires().send(packet.underlay().wire(), outer);
    assertThat(awaited(tested.layout().wire(lan), PATIENCE)).hasValue(ANY);
  }

  /** Ethernet may make short frames longer. */
  private static Frame unpadded(Frame frame) {
    byte[] bytes = frame.bytes();
    int end = bytes.length;
    while (end > 14 && bytes[end - 1] == 0) {
      end--;
    }
    return Frame.of(Arrays.copyOf(bytes, end));
  }

  /** The next frame at that wire, but what the machine tells others about its IPv6. */
  private Optional<Frame> awaited(Wire wire, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      Optional<Wires.Received> next = tested.wires().receive(left);
      boolean fits =
          next.filter(found -> found.wire().equals(wire) && !isIpv6Multicast(found.frame()))
              .isPresent();
      if (next.isEmpty() || fits) {
        return next.map(Wires.Received::frame);
      }
    }
  }

  /** RFC 2464 section 7. */
  private static boolean isIpv6Multicast(Frame frame) {
    return frame.bytes()[0] == 0x33 && frame.bytes()[1] == 0x33;
  }

  private static Problem.Code problem(Result<AttachedPort> answer) {
    return ((Result.Failed<AttachedPort>) answer).problem().code();
  }
}
