package org.universalnode.switching.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.HeaderField;

/** Which fields frames have, byte by byte. */
class HeadersTest {
  private static final String IPV6_ADDRESSES =
      "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01 "
          + "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 02 ";
  private static final String SOLICITATION =
      "87 00 12 34 00 00 00 00 fe 80 00 00 00 00 00 00 00 00 00 00 00 00 00 09 ";

  @Test
  void tcpInIpv4HasPorts() {
    assertThat(fields(Bytes.tcp()))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("ETHER_TYPE", "0x0800"),
                Map.entry("VLAN", "NO_VLAN"),
                Map.entry("SOURCE_MAC", "02:00:00:00:00:01"),
                Map.entry("DEST_MAC", "02:00:00:00:00:02"),
                Map.entry("IPV4_SOURCE", "10.0.0.1"),
                Map.entry("IPV4_DEST", "8.8.8.8"),
                Map.entry("IP_DSCP", "0"),
                Map.entry("IP_ECN", "0"),
                Map.entry("PROTOCOL", "6"),
                Map.entry("SOURCE_PORT", "1234"),
                Map.entry("DEST_PORT", "80")));
  }

  @Test
  void theOutermostOfSeveralTagsCounts() {
    Map<String, String> fields =
        fields(Bytes.frame(Bytes.MACS, "88 a8 b0 19 81 00 00 07 08 00", Bytes.TCP_PACKET));
    assertThat(fields)
        .containsEntry("VLAN", "25")
        .containsEntry("VLAN_PRIORITY", "5")
        .containsEntry("ETHER_TYPE", "0x0800")
        .containsEntry("DEST_PORT", "80");
  }

  @Test
  void aTagWithoutVlanIsATag() {
    Frame frame = Bytes.frame(Bytes.MACS, "81 00 e0 00 08 00", Bytes.TCP_PACKET);
    assertThat(frame.headers().number(HeaderField.VLAN)).isEqualTo(0x1000);
    assertThat(frame.headers().number(HeaderField.VLAN_PRIORITY)).isEqualTo(7);
  }

  @Test
  void fourTagsAreReadAndAFifthIsPayload() {
    String four = "81 00 00 01 81 00 00 02 81 00 00 03 81 00 00 04 ";
    Frame frame = Bytes.frame(Bytes.MACS, four, "08 00", Bytes.TCP_PACKET);
    assertThat(fields(frame)).containsEntry("VLAN", "1").containsEntry("DEST_PORT", "80");
    Frame five = Bytes.frame(Bytes.MACS, four, "88 a8 00 05 08 00", Bytes.TCP_PACKET);
    assertThat(fields(five))
        .containsEntry("VLAN", "1")
        .containsEntry("ETHER_TYPE", "0x88a8")
        .doesNotContainKey("IPV4_SOURCE");
    assertThat(fields(five.popped()))
        .containsEntry("VLAN", "2")
        .containsEntry("ETHER_TYPE", "0x88a8");
    assertThat(five.popped().popped().popped().popped().popped().headers().tags()).isZero();
    assertThat(fields(five.popped().arriving())).containsEntry("DEST_PORT", "80");
  }

  @Test
  void aTagThatIsCutIsPayload() {
    Frame frame = Bytes.frame(Bytes.MACS, "81 00 00 01 88 a8 00 02 08");
    assertThat(fields(frame)).containsEntry("VLAN", "1").containsEntry("ETHER_TYPE", "0x88a8");
    assertThat(fields(Bytes.frame(Bytes.MACS, "81 00 00 01 08 00")))
        .containsEntry("ETHER_TYPE", "0x0800");
  }

  @Test
  void belowFourteenBytesItIsNoFrame() {
    Headers headers = Bytes.frame(Bytes.MACS, "08").headers();
    assertThat(headers.fault()).hasValue("it has fewer than 14 bytes");
    assertThat(headers.fields()).isEmpty();
    assertThat(Bytes.frame(Bytes.MACS, "08 00").headers().fault()).isEmpty();
  }

  @Test
  void ofACutIpv4HeaderNothingIsThere() {
    Frame frame = Bytes.frame(Bytes.MACS, "08 00", Bytes.TCP_PACKET.substring(0, 3 * 19));
    assertThat(fields(frame)).containsOnlyKeys("ETHER_TYPE", "VLAN", "SOURCE_MAC", "DEST_MAC");
  }

  @Test
  void portsAreAfterIpv4Options() {
    String options = "46 00 00 1c 00 00 00 00 40 11 00 00 0a 00 00 01 0a 00 00 02 94 04 00 00 ";
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 00", options, "00 35 14 e9")))
        .containsEntry("SOURCE_PORT", "53")
        .containsEntry("DEST_PORT", "5353");
  }

  @Test
  void portsAreThereIfAllFourBytesAre() {
    String packet = Bytes.TCP_PACKET.substring(0, 3 * 20);
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 00", packet, "04 d2 00")))
        .containsEntry("PROTOCOL", "6")
        .doesNotContainKeys("SOURCE_PORT", "DEST_PORT");
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 00", packet, "04 d2 00 50")))
        .containsKeys("SOURCE_PORT", "DEST_PORT");
  }

  @Test
  void aLaterFragmentHasNoPortsAndAFirstOneHas() {
    String first = Bytes.TCP_PACKET.replace("40 00 40 06", "20 00 40 06");
    String later = Bytes.TCP_PACKET.replace("40 00 40 06", "20 01 40 06");
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 00", first))).containsEntry("DEST_PORT", "80");
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 00", later)))
        .containsEntry("PROTOCOL", "6")
        .doesNotContainKey("DEST_PORT");
  }

  @Test
  void aHeaderLengthBelowTwentyBytesHidesTheTransportHeader() {
    String short4 = "44" + Bytes.TCP_PACKET.substring(2);
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 00", short4)))
        .containsEntry("IPV4_DEST", "8.8.8.8")
        .doesNotContainKey("DEST_PORT");
  }

  @Test
  void trafficClassIsSplitInDscpAndEcn() {
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 00 45 bb", Bytes.TCP_PACKET.substring(6))))
        .containsEntry("IP_DSCP", "46")
        .containsEntry("IP_ECN", "3");
    assertThat(fields(ipv6("6b ba bc de 00 00 3b 40")))
        .containsEntry("IP_DSCP", "46")
        .containsEntry("IP_ECN", "3")
        .containsEntry("IPV6_FLOW_LABEL", Integer.toString(0xabcde))
        .containsEntry("PROTOCOL", "59")
        .containsEntry("IPV6_SOURCE", "2001:db8::1")
        .containsEntry("IPV6_DEST", "2001:db8::2");
  }

  @Test
  void icmpIsOfOneIpVersionEach() {
    String icmp = "45 00 00 1c 00 00 00 00 40 01 00 00 0a 00 00 01 0a 00 00 02 ";
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 00", icmp, "03 01")))
        .containsEntry("ICMPV4_TYPE", "3")
        .containsEntry("ICMPV4_CODE", "1");
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 00", icmp, "03")))
        .doesNotContainKey("ICMPV4_TYPE");
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 00", icmp.replace("40 01", "40 3a"), "87 00")))
        .containsEntry("PROTOCOL", "58")
        .doesNotContainKeys("ICMPV4_TYPE", "ICMPV6_TYPE");
    assertThat(fields(ipv6("60 00 00 00 00 08 01 40", "08 00 00 00 00 00 00 00")))
        .containsEntry("PROTOCOL", "1")
        .doesNotContainKeys("ICMPV4_TYPE", "ICMPV6_TYPE");
  }

  @Test
  void sixExtensionsAreSkippedAndNoSeventh() {
    String hops = "00 00 00 00 00 00 00 00 ";
    String ofTwoUnits = "2b 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ";
    String routing = "2c 00 00 00 00 00 00 00 ";
    String wholeFragment = "33 00 00 00 00 00 00 07 ";
    String authentication = "3c 01 00 00 00 00 00 00 00 00 00 00 ";
    String six = hops + ofTwoUnits + routing + wholeFragment + authentication;
    assertThat(
            fields(ipv6("60 00 00 00 00 00 00 40", six, "11 00 00 00 00 00 00 00", "00 35 00 50")))
        .containsEntry("PROTOCOL", "17")
        .containsEntry("SOURCE_PORT", "53")
        .containsEntry("DEST_PORT", "80");
    String seventh = "3c 00 00 00 00 00 00 00 11 00 00 00 00 00 00 00";
    assertThat(fields(ipv6("60 00 00 00 00 00 00 40", six, seventh, "00 35 00 50")))
        .containsEntry("PROTOCOL", "60")
        .doesNotContainKey("SOURCE_PORT");
  }

  @Test
  void afterTheFragmentHeaderOfALaterFragmentNothingIsRead() {
    assertThat(fields(ipv6("60 00 00 00 00 00 2c 40", "11 00 00 08 00 00 00 07", "00 35 00 50")))
        .containsEntry("PROTOCOL", "17")
        .doesNotContainKey("SOURCE_PORT");
    assertThat(fields(ipv6("60 00 00 00 00 00 2c 40", "11 00 00 01 00 00 00 07", "00 35 00 50")))
        .containsEntry("SOURCE_PORT", "53");
  }

  @Test
  void aCutExtensionIsTheProtocolItself() {
    assertThat(fields(ipv6("60 00 00 00 00 00 00 40", "11 00 00"))).containsEntry("PROTOCOL", "0");
    assertThat(fields(ipv6("60 00 00 00 00 00 00 40", "11 00 00 00")))
        .containsEntry("PROTOCOL", "17");
  }

  @Test
  void aSolicitationHasTargetAndSourceOption() {
    String option = "02 01 02 00 00 00 00 0b 01 01 02 00 00 00 00 0a";
    assertThat(fields(ipv6("60 00 00 00 00 00 3a ff", SOLICITATION, option)))
        .containsEntry("ICMPV6_TYPE", "135")
        .containsEntry("ND_TARGET", "fe80::9")
        .containsEntry("ND_SOURCE_MAC", "02:00:00:00:00:0a")
        .doesNotContainKey("ND_TARGET_MAC");
    String advertisement = SOLICITATION.replace("87 00", "88 01");
    assertThat(fields(ipv6("60 00 00 00 00 00 3a ff", advertisement, option)))
        .containsEntry("ICMPV6_TYPE", "136")
        .containsEntry("ND_TARGET_MAC", "02:00:00:00:00:0b")
        .doesNotContainKey("ND_SOURCE_MAC");
  }

  @Test
  void ofSeveralOptionsTheLastCountsUpToTheFourth() {
    String other = "0e 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ";
    String a = "01 01 02 00 00 00 00 0a ";
    String b = "01 01 02 00 00 00 00 0b ";
    assertThat(fields(ipv6("60 00 00 00 00 00 3a ff", SOLICITATION, other, a, other, b, a)))
        .containsEntry("ND_SOURCE_MAC", "02:00:00:00:00:0b");
  }

  @Test
  void anOptionOfLengthZeroOrCutEndsTheSearch() {
    String zero = "0e 00 00 00 00 00 00 00 ";
    String option = "01 01 02 00 00 00 00 0a";
    assertThat(fields(ipv6("60 00 00 00 00 00 3a ff", SOLICITATION, zero, option)))
        .containsKey("ND_TARGET")
        .doesNotContainKey("ND_SOURCE_MAC");
    assertThat(fields(ipv6("60 00 00 00 00 00 3a ff", SOLICITATION, option.substring(3))))
        .doesNotContainKey("ND_SOURCE_MAC");
    assertThat(fields(ipv6("60 00 00 00 00 00 3a ff", SOLICITATION.substring(0, 3 * 23), "00")))
        .containsKey("ND_TARGET");
    assertThat(fields(ipv6("60 00 00 00 00 00 3a ff", SOLICITATION.substring(0, 3 * 23))))
        .doesNotContainKey("ND_TARGET");
  }

  @Test
  void arpIsReadIfItIsOfEthernetAndIpv4() {
    String arp =
        "00 01 08 00 06 04 00 02 02 00 00 00 00 0a 0a 00 00 01 02 00 00 00 00 0b 0a 00 00 02";
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 06", arp)))
        .containsEntry("ARP_OPCODE", "2")
        .containsEntry("ARP_SOURCE_MAC", "02:00:00:00:00:0a")
        .containsEntry("ARP_SOURCE_IP", "10.0.0.1")
        .containsEntry("ARP_TARGET_MAC", "02:00:00:00:00:0b")
        .containsEntry("ARP_TARGET_IP", "10.0.0.2");
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 06", "00 06", arp.substring(5)))).hasSize(4);
    assertThat(fields(Bytes.frame(Bytes.MACS, "08 06", arp.substring(0, 3 * 27)))).hasSize(4);
  }

  @Test
  void theOutermostMplsLabelIsRead() {
    assertThat(fields(Bytes.frame(Bytes.MACS, "88 47", "ab cd ea 40 00 00 11 40")))
        .containsEntry("MPLS_LABEL", Integer.toString(0xabcde))
        .containsEntry("MPLS_TRAFFIC_CLASS", "5");
    assertThat(fields(Bytes.frame(Bytes.MACS, "88 48", "00 00 7b"))).hasSize(4);
  }

  @Test
  void anAbsentFieldIsZeroToAMatch() {
    Headers headers =
        Bytes.frame(Bytes.MACS, "08 00", Bytes.TCP_PACKET.substring(0, 3 * 22)).headers();
    assertThat(headers.has(HeaderField.SOURCE_PORT)).isFalse();
    assertThat(HeaderField.SOURCE_PORT.exact(0).matches(headers.get(HeaderField.SOURCE_PORT)))
        .isTrue();
  }

  private static Frame ipv6(String fixed, String... rest) {
    return Bytes.frame(Bytes.MACS, "86 dd", fixed, IPV6_ADDRESSES, String.join("", rest));
  }

  private static Map<String, String> fields(Frame frame) {
    Map<String, String> fields = new LinkedHashMap<>();
    frame
        .headers()
        .fields()
        .forEach((field, value) -> fields.put(field.name(), field.format(field.exact(value))));
    return fields;
  }
}
