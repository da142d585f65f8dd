package org.universalnode.switching.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.problem.ProblemException;

/** What actions do to the bytes. */
class FrameTest {
  private static final String TAGS = "88 a8 b0 19 81 00 00 07 08 00";

  @Test
  void aPushedTagIsOutsideAllOthers() {
    Frame frame = Bytes.frame(Bytes.MACS, TAGS, Bytes.TCP_PACKET).pushed(100).orElseThrow();
    assertThat(frame).isEqualTo(Bytes.frame(Bytes.MACS, "81 00 00 64", TAGS, Bytes.TCP_PACKET));
  }

  @Test
  void thereIsRoomForEightTags() {
    Frame frame = Bytes.tcp();
    for (int vlan = 1; vlan <= 8; vlan++) {
      frame = frame.pushed(vlan).orElseThrow();
    }
    assertThat(frame.headers().number(HeaderField.DEST_PORT)).isEqualTo(80);
    assertThat(frame.pushed(9)).isEmpty();
  }

  @Test
  void popTakesTheOutermostTag() {
    Frame frame = Bytes.frame(Bytes.MACS, TAGS, Bytes.TCP_PACKET);
    Frame once = frame.popped();
    assertThat(once).isEqualTo(Bytes.frame(Bytes.MACS, "81 00 00 07 08 00", Bytes.TCP_PACKET));
    assertThat(once.popped()).isEqualTo(Bytes.tcp());
    assertThat(once.popped().popped()).isEqualTo(Bytes.tcp());
  }

  @Test
  void vlanAndPriorityAreThoseOfTheOutermostTagWhoseOtherBitsStay() {
    Frame frame = Bytes.frame(Bytes.MACS, TAGS, Bytes.TCP_PACKET);
    Frame other = Bytes.with(frame, HeaderField.VLAN, "4094");
    assertThat(Bytes.hex(other, 12, 8)).isEqualTo("88 a8 bf fe 81 00 00 07");
    Frame raised = Bytes.with(other, HeaderField.VLAN_PRIORITY, "2");
    assertThat(Bytes.hex(raised, 12, 8)).isEqualTo("88 a8 5f fe 81 00 00 07");
    assertThat(raised.size()).isEqualTo(frame.size());
  }

  @Test
  void withoutATagNeitherIsSet() {
    assertThat(Bytes.with(Bytes.tcp(), HeaderField.VLAN, "5")).isEqualTo(Bytes.tcp());
    assertThat(Bytes.with(Bytes.tcp(), HeaderField.VLAN_PRIORITY, "5")).isEqualTo(Bytes.tcp());
  }

  @Test
  void addressesOfEthernetAreSetInEveryFrame() {
    Frame frame = Bytes.frame(Bytes.MACS, "88 cc 01 02");
    Frame other = Bytes.with(frame, HeaderField.SOURCE_MAC, "02:aa:bb:cc:dd:ee");
    other = Bytes.with(other, HeaderField.DEST_MAC, "ff:ff:ff:ff:ff:ff");
    assertThat(other).isEqualTo(Bytes.frame("ff ff ff ff ff ff 02 aa bb cc dd ee 88 cc 01 02"));
  }

  @Test
  void addressesAndPortsOfTcpAreSetWithBothChecksums() {
    Frame frame = Bytes.with(Bytes.tcp(), HeaderField.IPV4_SOURCE, "192.0.2.7");
    frame = Bytes.with(frame, HeaderField.IPV4_DEST, "10.9.8.7");
    frame = Bytes.with(frame, HeaderField.SOURCE_PORT, "4242");
    frame = Bytes.with(frame, HeaderField.DEST_PORT, "443");
    frame = Bytes.with(frame, HeaderField.IP_DSCP, "46");
    assertThat(Bytes.hex(frame, 14, 24))
        .startsWith("45 b8 00 28 00 00 40 00 40 06")
        .endsWith("c0 00 02 07 0a 09 08 07 10 92 01 bb");
    assertThat(Bytes.sum(frame, 14, 20, 0)).isEqualTo(0xffff);
    assertThat(Bytes.sum(frame, 26, 28, 6 + 20)).isEqualTo(0xffff);
  }

  @Test
  void ipv6AddressesAreSetInIpv6Only() {
    Frame frame = PacketText.parse("udp [2001:db8::1]:53 -> [2001:db8::2]:80");
    Frame other = Bytes.with(frame, HeaderField.IPV6_DEST, "fe80::1234:5678");
    other = Bytes.with(other, HeaderField.IPV6_SOURCE, "ff02::fb");
    other = Bytes.with(other, HeaderField.IP_DSCP, "33");
    assertThat(other.describe()).startsWith("udp [ff02::fb]:53 -> [fe80::1234:5678]:80 dscp 33");
    assertThat(Bytes.hex(other, 14, 4)).isEqualTo("68 40 00 00");
    assertThat(Bytes.sum(other, 22, 40, 17 + 8)).isEqualTo(0xffff);
    assertThat(Bytes.with(frame, HeaderField.IPV4_DEST, "10.0.0.1")).isEqualTo(frame);
    assertThat(Bytes.with(Bytes.tcp(), HeaderField.IPV6_DEST, "fe80::1")).isEqualTo(Bytes.tcp());
  }

  @Test
  void ecnStaysWhenDscpIsSet() {
    Frame frame = Bytes.frame(Bytes.MACS, "08 00 45 03", Bytes.TCP_PACKET.substring(6));
    assertThat(Bytes.hex(Bytes.with(frame, HeaderField.IP_DSCP, "1"), 15, 1)).isEqualTo("07");
  }

  @Test
  void whatAFrameDoesNotHaveIsNotSet() {
    Frame arp = PacketText.parse("arp who-has 10.0.0.1 tell 10.0.0.2");
    assertThat(Bytes.with(arp, HeaderField.IPV4_SOURCE, "10.0.0.9")).isEqualTo(arp);
    assertThat(Bytes.with(arp, HeaderField.IP_DSCP, "9")).isEqualTo(arp);
    Frame icmp = PacketText.parse("icmp 10.0.0.1 -> 10.0.0.2");
    assertThat(Bytes.with(icmp, HeaderField.DEST_PORT, "9")).isEqualTo(icmp);
    Frame cut = Bytes.frame(Bytes.MACS, "08 00", Bytes.TCP_PACKET.substring(0, 3 * 23));
    assertThat(Bytes.with(cut, HeaderField.SOURCE_PORT, "9")).isEqualTo(cut);
  }

  @Test
  void onlyWhatTheFormalismSetsIsSet() {
    assertThatThrownBy(() -> Bytes.tcp().with(HeaderField.PROTOCOL, Bits.of(17)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no action sets PROTOCOL");
  }

  @Test
  void framesAreTheirBytes() {
    byte[] bytes = Bytes.tcp().bytes();
    Frame frame = Frame.of(bytes);
    bytes[0] = 99;
    frame.bytes()[1] = 99;
    assertThat(frame).isEqualTo(Bytes.tcp()).hasSameHashCodeAs(Bytes.tcp());
    assertThat(frame).isNotEqualTo(Frame.of(bytes));
    assertThat(PacketText.parse(frame.toString())).isEqualTo(frame);
  }

  @Test
  void aFrameHasALimit() {
    assertThat(Frame.of(new byte[Frame.MOST_BYTES]).size()).isEqualTo(65_535);
    assertThatThrownBy(() -> Frame.of(new byte[Frame.MOST_BYTES + 1]))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("65536 bytes (use at most 65535)");
  }
}
