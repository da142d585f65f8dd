package org.universalnode.switching.openvswitch.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.problem.ProblemException;

class HeaderMatchTest {

  @Test
  void aPortIsTheFieldOfItsProtocolAndBringsWhatItNeeds() {
    assertThat(portOf("tcp")).isEqualTo(ip(6).with(Oxm.TCP_DST, 53));
    assertThat(portOf("udp")).isEqualTo(ip(17).with(Oxm.UDP_DST, 53));
    assertThat(portOf("132")).isEqualTo(ip(132).with(Oxm.SCTP_DST, 53));
  }

  @Test
  void masksStayMasks() {
    MatchFields network = MatchFields.ANY.with(HeaderField.IPV4_SOURCE, "10.1.0.0/16");
    assertThat(HeaderMatch.of(network))
        .isEqualTo(
            Match.ANY.with(Oxm.ETH_TYPE, 0x0800).with(Oxm.IPV4_SRC, 0x0a010000L, 0xffff0000L));
  }

  @Test
  void tagsAreMatchedAsAnyNoneOrOne() {
    assertThat(vlan("ANY")).isEqualTo(Match.ANY.with(Oxm.VLAN_VID, 0x1000, 0x1000));
    assertThat(vlan("NO_VLAN")).isEqualTo(Match.ANY.with(Oxm.VLAN_VID, 0));
    assertThat(vlan("7")).isEqualTo(Match.ANY.with(Oxm.VLAN_VID, 0x1007));
  }

  @Test
  void aFieldThatMayBeAnythingLeavesOnlyWhatItNeeds() {
    FieldMatch any = new FieldMatch(Bits.ZERO, Bits.ZERO);
    assertThat(HeaderMatch.of(MatchFields.ANY.with(HeaderField.ARP_OPCODE, any)))
        .isEqualTo(Match.ANY.with(Oxm.ETH_TYPE, 0x0806));
  }

  @Test
  void aMaskThatTheSwitchDoesNotHaveIsRefused() {
    FieldMatch half = new FieldMatch(Bits.of(1), Bits.of(1));
    assertThatThrownBy(() -> HeaderMatch.of(MatchFields.ANY.with(HeaderField.IP_DSCP, half)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no mask for IP_DSCP");
  }

  @Test
  void valuesThatTheSwitchDoesNotHaveAreRefused() {
    assertThatThrownBy(() -> HeaderMatch.of(MatchFields.ANY.with(HeaderField.ARP_OPCODE, "256")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ARP opcodes up to 255");
    MatchFields otherCode =
        MatchFields.ANY
            .with(HeaderField.ICMPV6_TYPE, "135")
            .with(HeaderField.ICMPV6_CODE, "1")
            .with(HeaderField.ND_TARGET, "fe80::1");
    assertThatThrownBy(() -> HeaderMatch.of(otherCode))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ICMPv6 code is 0");
  }

  @Test
  void everyFieldHasItsWidthInOpenFlowToo() {
    Arrays.stream(HeaderField.values())
        .forEach(
            field ->
                assertThat(HeaderMatch.fields(field))
                    .isNotEmpty()
                    .allMatch(oxm -> oxm.width() == field.width()));
  }

  private static Match portOf(String protocol) {
    return HeaderMatch.of(
        MatchFields.ANY.with(HeaderField.PROTOCOL, protocol).with(HeaderField.DEST_PORT, "53"));
  }

  private static Match vlan(String text) {
    return HeaderMatch.of(MatchFields.ANY.with(HeaderField.VLAN, text));
  }

  private static Match ip(int protocol) {
    return Match.ANY.with(Oxm.ETH_TYPE, 0x0800).with(Oxm.IP_PROTO, protocol);
  }
}
