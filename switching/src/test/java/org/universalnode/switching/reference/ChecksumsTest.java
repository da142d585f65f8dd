package org.universalnode.switching.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.universalnode.nffg.HeaderField;

/** The corners of checksum arithmetic. */
class ChecksumsTest {
  private static final int IPV4 = 14;
  private static final int IPV4_CHECKSUM = 24;
  private static final int UDP_CHECKSUM = 40;
  private static final String IPV4_UDP =
      "45 00 00 1c 00 00 00 00 40 11 00 00 0a 00 00 01 0a 00 00 02 ";

  @Test
  void theExampleOfRfc1624GivesZero() {
    String header = "45 00 00 14 00 00 00 00 40 3b dd 2f 55 55 00 01 0a 00 00 02";
    Frame frame = Bytes.frame(Bytes.MACS, "08 00", header);
    Frame other = Bytes.with(frame, HeaderField.IPV4_SOURCE, "50.133.0.1");
    assertThat(Bytes.number16(other, IPV4_CHECKSUM)).isZero();
  }

  @Test
  void aWrongChecksumStaysEquallyWrong() {
    Frame frame = Bytes.frame(Bytes.MACS, "08 00", Bytes.TCP_PACKET.replace("20 c0", "20 c1"));
    Frame other = Bytes.with(frame, HeaderField.IPV4_DEST, "203.0.113.5");
    assertThat(Bytes.sum(frame, IPV4, 20, 0)).isEqualTo(1);
    assertThat(Bytes.sum(other, IPV4, 20, 0)).isEqualTo(1);
  }

  @Test
  void udpWithoutChecksumGetsNone() {
    Frame ipv4 = Bytes.frame(Bytes.MACS, "08 00", IPV4_UDP, "00 35 00 50 00 08 00 00");
    Frame other = Bytes.with(ipv4, HeaderField.IPV4_SOURCE, "192.0.2.1");
    other = Bytes.with(other, HeaderField.DEST_PORT, "81");
    assertThat(Bytes.hex(other, 34, 8)).isEqualTo("00 35 00 51 00 08 00 00");
    Frame ipv6 = PacketText.parse("udp [2001:db8::1]:53 -> [2001:db8::2]:80");
    byte[] without = ipv6.bytes();
    without[60] = 0;
    without[61] = 0;
    Frame set = Bytes.with(Frame.of(without), HeaderField.IPV6_DEST, "2001:db8::3");
    assertThat(Bytes.number16(set, 60)).isZero();
  }

  @Test
  void udpsResultOfZeroIsWrittenAsItsOtherForm() {
    // 0xfffe + 1 - 2 = 0 in this arithmetic: the port changes by what the checksum lacks.
    Frame frame = Bytes.frame(Bytes.MACS, "08 00", IPV4_UDP, "00 35 00 50 00 08 00 02");
    Frame other = Bytes.with(frame, HeaderField.DEST_PORT, "82");
    assertThat(Bytes.number16(other, UDP_CHECKSUM)).isEqualTo(0xffff);
    Frame back = Bytes.with(other, HeaderField.DEST_PORT, "80");
    assertThat(Bytes.number16(back, UDP_CHECKSUM)).isEqualTo(2);
  }

  @Test
  void othersResultOfZeroIsZero() {
    String tcp = Bytes.TCP_PACKET.replace("90 b0", "00 02");
    Frame frame = Bytes.with(Bytes.frame(Bytes.MACS, "08 00", tcp), HeaderField.DEST_PORT, "82");
    assertThat(Bytes.number16(frame, 50)).isZero();
    String full = Bytes.TCP_PACKET.replace("90 b0", "ff ff");
    Frame mended = Bytes.with(Bytes.frame(Bytes.MACS, "08 00", full), HeaderField.DEST_PORT, "81");
    assertThat(Bytes.number16(mended, 50)).isEqualTo(0xfffe);
  }

  @Test
  void settingWhatIsThereMendsNothing() {
    String full = Bytes.TCP_PACKET.replace("90 b0", "ff ff").replace("20 c0", "ff ff");
    Frame frame = Bytes.frame(Bytes.MACS, "08 00", full);
    assertThat(Bytes.with(frame, HeaderField.IPV4_SOURCE, "10.0.0.1")).isSameAs(frame);
    assertThat(Bytes.with(frame, HeaderField.DEST_PORT, "80")).isSameAs(frame);
  }

  @Test
  void aChecksumThatIsCutOffIsNotMended() {
    String cut = Bytes.TCP_PACKET.substring(0, 3 * 37);
    Frame frame = Bytes.frame(Bytes.MACS, "08 00", cut);
    Frame other = Bytes.with(frame, HeaderField.DEST_PORT, "81");
    assertThat(other.size()).isEqualTo(frame.size());
    assertThat(Bytes.hex(other, 38, 13)).isEqualTo(Bytes.hex(frame, 38, 13));
    assertThat(Bytes.hex(other, 36, 2)).isEqualTo("00 51");
  }

  @Test
  void inALaterFragmentTheContentIsLeftAlone() {
    String later = Bytes.TCP_PACKET.replace("40 00 40 06", "00 05 40 06");
    Frame frame = Bytes.frame(Bytes.MACS, "08 00", later);
    Frame other = Bytes.with(frame, HeaderField.IPV4_DEST, "8.8.8.9");
    assertThat(Bytes.hex(other, 34, 20)).isEqualTo(Bytes.hex(frame, 34, 20));
    assertThat(Bytes.sum(other, IPV4, 20, 0)).isEqualTo(Bytes.sum(frame, IPV4, 20, 0));
  }

  @Test
  void sctpKeepsItsChecksum() {
    Frame frame = PacketText.parse("sctp 10.0.0.1:7 -> 10.0.0.2:9");
    Frame other = Bytes.with(frame, HeaderField.DEST_PORT, "10");
    assertThat(Bytes.hex(other, 34, 12)).isEqualTo("00 07 00 0a 00 00 00 00 00 00 00 00");
  }

  @Test
  void icmpIsMendedInIpv6Only() {
    Frame ipv6 = PacketText.parse("icmp 2001:db8::1 -> 2001:db8::2");
    Frame other = Bytes.with(ipv6, HeaderField.IPV6_SOURCE, "2001:db8::7777");
    assertThat(Bytes.sum(ipv6, 22, 40, 58 + 8)).isEqualTo(0xffff);
    assertThat(Bytes.sum(other, 22, 40, 58 + 8)).isEqualTo(0xffff);
    Frame ipv4 = PacketText.parse("icmp 10.0.0.1 -> 10.0.0.2");
    Frame moved = Bytes.with(ipv4, HeaderField.IPV4_SOURCE, "10.0.0.9");
    assertThat(Bytes.sum(ipv4, 34, 8, 0)).isEqualTo(0xffff);
    assertThat(Bytes.hex(moved, 34, 8)).isEqualTo(Bytes.hex(ipv4, 34, 8));
  }

  @Test
  void rightChecksumsAreCalculatedWhereAllTheirDataIs() {
    assertThat(Bytes.tcp().withRightChecksums()).isEqualTo(Bytes.tcp());
    String broken = Bytes.TCP_PACKET.replace("90 b0", "12 34").replace("20 c0", "56 78");
    assertThat(Bytes.frame(Bytes.MACS, "08 00", broken).withRightChecksums())
        .isEqualTo(Bytes.tcp());
    String first = broken.replace("40 00 40 06", "20 00 40 06");
    Frame fragment = Bytes.frame(Bytes.MACS, "08 00", first).withRightChecksums();
    assertThat(Bytes.number16(fragment, 50)).isEqualTo(0x1234);
    assertThat(Bytes.sum(fragment, IPV4, 20, 0)).isEqualTo(0xffff);
  }
}
