package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.kit.Wire;
import org.universalnode.switching.kit.Wires;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

/** Frames that with outer headers are longer than the underlay carries, which is 1500 bytes. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class TooLongForGreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final int ETHERNET_BYTES = 14;
  private static final int TAG_BYTES = 4;
  private static final int QUOTE_BYTES = 88;

  private final NamespaceWires wires = new NamespaceWires();
  private final SwitchDriver driver = EbpfSwitch.open(wires.node()).orThrow();
  private final Wire lan = wires.toMachine();

  @BeforeEach
  void join() {
    Wires.Underlay underlay = wires.underlay(false);
    AttachedPort inside = driver.createPort(LsiId.BASE, lan.attachment()).orThrow();
    wires.plugged(lan, inside);
    GreTunnel tunnel =
        new GreTunnel(underlay.address(), underlay.neighbour(), 7, OptionalInt.empty(), false);
    Attachment end = new Attachment.Tunnel("g/t", tunnel);
    LsiPort outside = driver.createPort(LsiId.BASE, end).orThrow().port();
    driver
        .apply(
            new RuleChange(
                Map.of(inside.port(), List.of(to(outside)), outside, List.of(to(inside.port())))))
        .orThrow();
  }

  @AfterEach
  void nothingIsLeft() {
    try (wires;
        driver) {
      driver.deleteLsi(LsiId.BASE).orThrow();
    }
  }

  @Test
  void theLongestPacketThatFitsLeaves() {
    wires.send(lan, longer("udp 10.0.0.1:5 -> 10.0.0.2:6", 1458));
    assertThat(answer(SHORT)).isEmpty();
  }

  @Test
  void aSenderByIpv4IsAnswered() {
    Frame tooLong = longer("udp 10.0.0.1:5 -> 10.0.0.2:6", 1459);
    wires.send(lan, tooLong);
    expect(tooLong, 20, "0304", 1458);
  }

  @Test
  void aSenderByIpv6IsAnswered() {
    Frame tooLong = longer("udp [2001:db8::1]:5 -> [2001:db8::2]:6", 1500);
    wires.send(lan, tooLong);
    expect(tooLong, 40, "0200", 1458);
  }

  /** Segments that fit the underlay, but not with outer headers, nor can they be made shorter. */
  @Test
  void aSenderOfSegmentsByUdpIsAnswered() {
    Frame segments = longer("udp 10.0.0.1:5 -> 10.0.0.2:6", 28 + 3 * 1431);
    wires.sendSegments(lan, segments, 1431);
    expect(segments, 20, "0304", 1458);
  }

  @Test
  void segmentsByUdpThatFitLeave() {
    wires.sendSegments(lan, longer("udp 10.0.0.1:5 -> 10.0.0.2:6", 28 + 3 * 1430), 1430);
    List<Integer> sizes = new ArrayList<>();
    for (Optional<Wires.Received> next = wires.receive(PATIENCE);
        next.isPresent();
        next = wires.receive(SHORT)) {
      sizes.add(next.get().frame().size());
    }
    int outer = ETHERNET_BYTES + 20 + 8 + ETHERNET_BYTES;
    assertThat(sizes).containsExactly(outer + 28 + 3 * 1430); // whole, as wires of veth have it
  }

  @Test
  void theAnswerHasTheTagOfTheFrame() {
    Frame tooLong = longer("udp 10.0.0.1:5 -> 10.0.0.2:6 vlan 25", 1459);
    wires.send(lan, tooLong);
    Frame answer = answer(PATIENCE).orElseThrow();
    assertThat(answer.headers().tags()).isEqualTo(1);
    assertThat(answer.popped().bytes()[ETHERNET_BYTES + 20]).isEqualTo((byte) 3);
    assertThat(mtu(answer.popped(), 20)).isEqualTo(1458 - TAG_BYTES);
  }

  /** RFC 1122 section 3.2.2. */
  @Test
  void someAreNeverAnswered() {
    List<String> quiet =
        List.of(
            "icmp 10.0.0.1 -> 10.0.0.2 type 3 code 1",
            "icmp 2001:db8::1 -> 2001:db8::2 type 1 code 0",
            "udp 10.0.0.1:5 -> 10.0.0.255:6 dst-mac ff:ff:ff:ff:ff:ff");
    quiet.forEach(packet -> wires.send(lan, longer(packet, 1500)));
    assertThat(answer(SHORT)).isEmpty();
  }

  private void expect(Frame tooLong, int ipBytes, String typeAndCode, int mtu) {
    Frame answer = answer(PATIENCE).orElseThrow();
    byte[] asked = tooLong.bytes();
    byte[] got = answer.bytes();
    int icmp = ETHERNET_BYTES + ipBytes;
    assertThat(answer.withRightChecksums()).isEqualTo(answer);
    assertThat(Arrays.copyOfRange(got, 0, 6)).isEqualTo(Arrays.copyOfRange(asked, 6, 12));
    assertThat(Arrays.copyOfRange(got, 6, 12)).isEqualTo(Arrays.copyOfRange(asked, 0, 6));
    assertThat(Arrays.copyOfRange(got, icmp, icmp + 2)).asHexString().isEqualTo(typeAndCode);
    assertThat(mtu(answer, ipBytes)).isEqualTo(mtu);
    assertThat(Arrays.copyOfRange(got, icmp + 8, got.length))
        .isEqualTo(Arrays.copyOfRange(asked, ETHERNET_BYTES, ETHERNET_BYTES + QUOTE_BYTES));
  }

  private static int mtu(Frame answer, int ipBytes) {
    return ByteBuffer.wrap(answer.bytes()).getInt(ETHERNET_BYTES + ipBytes + 4);
  }

  private Optional<Frame> answer(Duration atMost) {
    Optional<Wires.Received> next = wires.receive(atMost);
    while (next.isPresent() && !next.get().wire().equals(lan)) {
      next = wires.receive(atMost);
    }
    return next.map(Wires.Received::frame);
  }

  /** With zeros behind, so that the packet without Ethernet header and tags has that length. */
  private static Frame longer(String packet, int bytes) {
    Frame frame = PacketText.parse(packet);
    int start = ETHERNET_BYTES + TAG_BYTES * frame.headers().tags();
    return Frame.of(Arrays.copyOf(frame.bytes(), start + bytes));
  }

  private static SwitchRule to(LsiPort port) {
    return new SwitchRule(
        "to " + port, 1, MatchFields.ANY, RuleAction.outputs(List.of(port.number())));
  }
}
