package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

class MatchFieldsTest {
  private static final FieldMatch OF_IPV4 = HeaderField.ETHER_TYPE.exact(EtherType.IPV4);
  private static final FieldMatch OF_IPV6 = HeaderField.ETHER_TYPE.exact(EtherType.IPV6);

  @Test
  void anAddressImpliesItsFamily() {
    assertThat(etherType(HeaderField.IPV4_SOURCE, "10.0.0.0/8")).isEqualTo(OF_IPV4);
    assertThat(etherType(HeaderField.IPV4_DEST, "10.0.0.1")).isEqualTo(OF_IPV4);
    assertThat(etherType(HeaderField.IPV6_SOURCE, "2001:db8::/32")).isEqualTo(OF_IPV6);
    assertThat(etherType(HeaderField.IPV6_DEST, "::1")).isEqualTo(OF_IPV6);
    assertThat(etherType(HeaderField.ARP_TARGET_IP, "10.0.0.1"))
        .isEqualTo(HeaderField.ETHER_TYPE.exact(EtherType.ARP));
  }

  @Test
  void aProtocolImpliesIpv4UnlessItIsOfIpv6() {
    assertThat(etherType(HeaderField.PROTOCOL, "6")).isEqualTo(OF_IPV4);
    assertThat(etherType(HeaderField.PROTOCOL, "58")).isEqualTo(OF_IPV6);
    MatchFields ipv6 =
        MatchFields.ANY
            .with(HeaderField.ETHER_TYPE, "0x86dd")
            .with(HeaderField.PROTOCOL, "6")
            .with(HeaderField.DEST_PORT, "80");
    assertThat(ipv6.withPrerequisites()).isEqualTo(ipv6);
  }

  @Test
  void whatNeedsNothingStaysAsItIs() {
    MatchFields fields =
        MatchFields.ANY
            .with(HeaderField.VLAN, FieldMatch.UNTAGGED)
            .with(HeaderField.ETHER_TYPE, "0x806");

    assertThat(fields.withPrerequisites()).isEqualTo(fields);
    assertThat(MatchFields.ANY.withPrerequisites()).isEqualTo(MatchFields.ANY);
  }

  @Test
  void everyContradictionIsToldAtItsKey() {
    MatchFields fields =
        MatchFields.ANY
            .with(HeaderField.ETHER_TYPE, "0x806")
            .with(HeaderField.IPV4_SOURCE, "10.0.0.0/8")
            .with(HeaderField.IPV4_DEST, "10.0.0.0/8")
            .with(HeaderField.PROTOCOL, "1")
            .with(HeaderField.SOURCE_PORT, "1")
            .with(HeaderField.DEST_PORT, "2");

    assertThat(catchThrowableOfType(ProblemException.class, fields::withPrerequisites).problems())
        .extracting(Problem::pointer)
        .containsExactly("/source_ip", "/dest_ip", "/protocol", "/source_port", "/dest_port");
  }

  @Test
  void valuesOutsideOfTheirFieldAreAFaultOfTheCaller() {
    assertThatThrownBy(() -> HeaderField.DEST_PORT.exact(65536))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HeaderField.PROTOCOL.exact(-1))
        .isInstanceOf(IllegalArgumentException.class);
    FieldMatch wide = new FieldMatch(Bits.ZERO, Bits.ones(17));
    assertThatThrownBy(() -> new MatchFields(Map.of(HeaderField.DEST_PORT, wide)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FieldMatch etherType(HeaderField field, String text) {
    return MatchFields.ANY
        .with(field, text)
        .withPrerequisites()
        .get(HeaderField.ETHER_TYPE)
        .orElseThrow();
  }
}
