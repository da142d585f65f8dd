package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

class MatchFieldsTest {
  private static final Ipv4Prefix BLOCK = Ipv4Prefix.parse("10.0.0.0/8");

  @Test
  void anAddressImpliesIpv4() {
    assertThat(MatchFields.ANY.withSourceIp(BLOCK).withPrerequisites().etherType()).hasValue(0x800);
    assertThat(MatchFields.ANY.withDestIp(BLOCK).withPrerequisites().etherType()).hasValue(0x800);
  }

  @Test
  void aProtocolImpliesIpv4UnlessItIsOfIpv6() {
    assertThat(MatchFields.ANY.withProtocol(6).withPrerequisites().etherType()).hasValue(0x800);
    assertThat(MatchFields.ANY.withProtocol(58).withPrerequisites().etherType()).hasValue(0x86dd);
    MatchFields ipv6 = MatchFields.ANY.withEtherType(0x86dd).withProtocol(6).withDestPort(80);
    assertThat(ipv6.withPrerequisites()).isEqualTo(ipv6);
  }

  @Test
  void whatNeedsNothingStaysAsItIs() {
    MatchFields fields = MatchFields.ANY.withVlan(new VlanMatch.Untagged()).withEtherType(0x806);

    assertThat(fields.withPrerequisites()).isEqualTo(fields);
    assertThat(MatchFields.ANY.withPrerequisites()).isEqualTo(MatchFields.ANY);
  }

  @Test
  void everyContradictionIsToldAtItsKey() {
    MatchFields fields =
        MatchFields.ANY
            .withEtherType(0x806)
            .withSourceIp(BLOCK)
            .withDestIp(BLOCK)
            .withProtocol(1)
            .withSourcePort(1)
            .withDestPort(2);

    assertThat(catchThrowableOfType(ProblemException.class, fields::withPrerequisites).problems())
        .extracting(Problem::pointer)
        .containsExactly("/source_ip", "/dest_ip", "/protocol", "/source_port", "/dest_port");
  }

  @Test
  void valuesOutsideOfTheirFieldAreAFaultOfTheCaller() {
    assertThatThrownBy(() -> MatchFields.ANY.withDestPort(65536))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MatchFields.ANY.withProtocol(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VlanMatch.Vlan(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
