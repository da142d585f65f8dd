package org.universalnode.switching.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.problem.ProblemException;

/** Packets in words, both ways. */
class PacketTextTest {

  @Test
  void aTcpPacketIsASyn() {
    assertThat(PacketText.parse("tcp 10.0.0.1:1234 -> 8.8.8.8:80")).isEqualTo(Bytes.tcp());
  }

  @Test
  void bytesAreTakenAsTheyAre() {
    assertThat(PacketText.parse(" hex:0200000000020200000000010800 "))
        .isEqualTo(Bytes.frame(Bytes.MACS, "08 00"));
  }

  @Test
  void arpHasBothMeanings() {
    String macs = "ff ff ff ff ff ff 02 00 00 00 00 09 08 06 00 01 08 00 06 04 ";
    assertThat(PacketText.parse("arp who-has 10.0.0.1 tell 10.0.0.2 src-mac 02:00:00:00:00:09"))
        .isEqualTo(
            Bytes.frame(macs, "00 01 02 00 00 00 00 09 0a 00 00 02 00 00 00 00 00 00 0a 00 00 01"));
    assertThat(PacketText.parse("arp 10.0.0.1 is-at 02:00:00:00:00:01 tell 10.0.0.2"))
        .isEqualTo(
            Bytes.frame(
                Bytes.MACS,
                "08 06 00 01 08 00 06 04 00 02 02 00 00 00 00 01 0a 00 00 01",
                "02 00 00 00 00 02 0a 00 00 02"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp 10.0.0.1:1234 -> 8.8.8.8:80",
        "udp [2001:db8::1]:53 -> [2001:db8::2]:5353",
        "udp 10.0.0.1:53 -> 10.0.0.2:65535 dscp 46 vlan 25 priority 5",
        "sctp 10.0.0.1:0 -> 10.0.0.2:1 vlan 4094",
        "icmp 10.0.0.1 -> 10.0.0.2 type 3 code 1",
        "icmp fe80::1 -> fe80::2 type 135 code 0 dscp 1",
        "ip 10.0.0.1 -> 10.0.0.2 protocol 89",
        "ip 2001:db8::1 -> 2001:db8::2 protocol 59 vlan 1",
        "arp who-has 10.0.0.1 tell 10.0.0.2",
        "arp 10.0.0.1 is-at 02:00:00:00:00:77 tell 10.0.0.2 vlan 12"
      })
  void whatIsReadIsDescribedInTheSameWords(String text) {
    String macs = " src-mac 02:00:00:00:00:03 dst-mac 02:00:00:00:00:04";
    assertThat(PacketText.parse(text + macs).describe()).isEqualTo(text + macs);
  }

  @Test
  void anEchoRequestIsTheUsualIcmp() {
    assertThat(PacketText.parse("icmp 10.0.0.1 -> 10.0.0.2").describe()).contains("type 8 code 0");
    assertThat(PacketText.parse("icmp fe80::1 -> fe80::2").describe()).contains("type 128 code 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|\"\" is no kind of packet (begin with tcp, udp, sctp, icmp, ip, arp or hex:)",
        "tpc 1|\"tpc\" is no kind of packet",
        "tcp|the packet ends too early (write it like tcp 10.0.0.1:1234 -> 8.8.8.8:80)",
        "tcp 10.0.0.1 -> 8.8.8.8:80|\"10.0.0.1\" is no address with a port (write it like 10.0.0.1:80",
        "tcp 10.0.0.1:1 > 8.8.8.8:80|there is \">\" where -> should be (write it like tcp",
        "udp 2001:db8::1:53 -> [::1]:1|\"2001:db8::1:53\" is no address with a port",
        "tcp 10.0.0.256:1 -> 8.8.8.8:80|\"10.0.0.256\" is no IPv4 address",
        "tcp 10.0.0.1:65536 -> 8.8.8.8:80|\"65536\" is no number from 0 to 65535",
        "tcp 10.0.0.1:1 -> [::1]:80|are addresses of two IP versions (write two of the same)",
        "tcp 10.0.0.1:1 -> 8.8.8.8:80 type 8|this packet has no option \"type\" (use dscp, dst-mac,",
        "tcp 10.0.0.1:1 -> 8.8.8.8:80 vlan|the option vlan has no value",
        "tcp 10.0.0.1:1 -> 8.8.8.8:80 vlan 1 vlan 2|the option vlan is there twice",
        "tcp 10.0.0.1:1 -> 8.8.8.8:80 vlan ANY|the packet's VLAN is ANY",
        "tcp 10.0.0.1:1 -> 8.8.8.8:80 vlan 4095|vlan: \"4095\" is no number from 1 to 4094",
        "tcp 10.0.0.1:1 -> 8.8.8.8:80 dscp 64|dscp: \"64\" is no number from 0 to 63",
        "ip 10.0.0.1 -> 10.0.0.2|the packet has no protocol (write it like ip 10.0.0.1",
        "arp 10.0.0.1|there is \"10.0.0.1\" where who-has should be (write it like arp who-has",
        "arp is-at 02:00:00:00:00:01|\"is-at\" is no IPv4 address",
        "hex:abc|\"abc\" are no bytes (write two hexadecimal digits for each)",
        "hex:|\"\" are no bytes",
      })
  void whatIsWrongIsSaidWithWhatToDo(String text, String message) {
    assertThatThrownBy(() -> PacketText.parse(text))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message);
  }

  @Test
  void priorityWithoutVlanIsRefused() {
    assertThatThrownBy(() -> PacketText.parse("tcp 10.0.0.1:1 -> 8.8.8.8:80 priority 5"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("a priority needs a VLAN");
  }

  @Test
  void aTextHasALimit() {
    assertThatThrownBy(() -> PacketText.parse("hex:" + "00".repeat(65_536)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("131076 characters (use at most 131074)");
  }

  @Test
  void otherFramesAreDescribedAsFarAsTheyAreKnown() {
    assertThat(Bytes.frame(Bytes.MACS, "88 cc 01").describe())
        .isEqualTo("ether-type 0x88cc src-mac 02:00:00:00:00:01 dst-mac 02:00:00:00:00:02");
    assertThat(Bytes.frame(Bytes.MACS, "88 47 00 00 71 40").describe())
        .startsWith("ether-type 0x8847 mpls-label 7 ");
    assertThat(Bytes.frame("01 02").describe())
        .isEqualTo("no Ethernet frame: it has fewer than 14 bytes");
    assertThat(Bytes.tcp().pushed(1).orElseThrow().pushed(2).orElseThrow().describe())
        .contains(" vlan 2 (2 tags) ");
    String later = Bytes.TCP_PACKET.replace("40 00 40 06", "00 05 40 06");
    assertThat(Bytes.frame(Bytes.MACS, "08 00", later).describe())
        .startsWith("ip 10.0.0.1 -> 8.8.8.8 protocol 6 ");
  }
}
