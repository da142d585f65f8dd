package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.problem.ProblemException;

class AddressTest {

  @Test
  void aMacAddressIsWrittenInLowerCase() {
    MacAddress mac = MacAddress.parse("0A:1b:00:00:00:fF");

    assertThat(mac.bits()).isEqualTo(0x0a1b000000ffL);
    assertThat(mac).hasToString("0a:1b:00:00:00:ff");
  }

  @Test
  void onlyAnAddressOfOneInterfaceIsUnicast() {
    assertThat(MacAddress.parse("02:00:00:00:00:01").isUnicast()).isTrue();
    assertThat(MacAddress.parse("03:00:00:00:00:01").isUnicast()).isFalse();
    assertThat(MacAddress.parse("ff:ff:ff:ff:ff:ff").isUnicast()).isFalse();
    assertThat(MacAddress.parse("00:00:00:00:00:00").isUnicast()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "02:00:00:00:00", "02:00:00:00:00:00:00", "02-00-00-00-00-01", "g2:0:0:0:0:0"})
  void whatIsNoMacAddressIsRefused(String text) {
    assertThatThrownBy(() -> MacAddress.parse(text)).isInstanceOf(ProblemException.class);
  }

  @Test
  void anIpv4AddressIsFourBytes() {
    assertThat(Ipv4Address.parse("192.0.2.255").bits()).isEqualTo(0xc00002ff);
    assertThat(Ipv4Address.parse("0.0.0.0")).hasToString("0.0.0.0");
    assertThat(Ipv4Address.parse("255.255.255.255")).hasToString("255.255.255.255");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.",
        "1.2.3.-4",
        "a.b.c.d"
      })
  void whatIsNoIpv4AddressIsRefused(String text) {
    assertThatThrownBy(() -> Ipv4Address.parse(text)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aPrefixHoldsTheAddressesThatShareItsBits() {
    Ipv4Prefix prefix = Ipv4Prefix.parse("10.1.2.3/23");

    assertThat(prefix).hasToString("10.1.2.0/23");
    assertThat(prefix.mask()).isEqualTo(0xfffffe00);
    assertThat(prefix.contains(Ipv4Address.parse("10.1.3.255"))).isTrue();
    assertThat(prefix.contains(Ipv4Address.parse("10.1.4.0"))).isFalse();
  }

  @Test
  void theShortestAndTheLongestPrefixWork() {
    assertThat(Ipv4Prefix.parse("10.1.2.3/0")).hasToString("0.0.0.0/0");
    assertThat(Ipv4Prefix.parse("0.0.0.0/0").contains(Ipv4Address.parse("255.1.1.1"))).isTrue();
    assertThat(Ipv4Prefix.parse("10.1.2.3/32")).hasToString("10.1.2.3");
    assertThat(Ipv4Prefix.parse("10.1.2.3").length()).isEqualTo(32);
  }

  @Test
  void theMaskOfAnAddressIsContiguous() {
    assertThat(Notation.IPV4.parseMask("255.255.0.0")).isEqualTo(Bits.of(0xffff0000L));
    assertThat(Notation.IPV4.parseMask("0.0.0.0")).isEqualTo(Bits.ZERO);
    assertThat(Notation.IPV6.parseMask("ffff::")).isEqualTo(new Bits(0xffffL << 48, 0));
    assertThat(Notation.MAC.parseMask("01:00:00:00:00:01")).isEqualTo(Bits.of(0x010000000001L));
    assertThatThrownBy(() -> Notation.IPV4.parseMask("255.0.0.1"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> Notation.IPV6.parseMask("ffff:0:ffff::"))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void anInterfaceAddressKeepsItsHostBits() {
    assertThat(InterfaceAddress.parse("192.0.2.7/24")).hasToString("192.0.2.7/24");
    assertThat(InterfaceAddress.parse("192.0.2.7/32")).hasToString("192.0.2.7/32");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "192.0.2.7", "192.0.2.7/", "192.0.2.7/33", "192.0.2.7/024", "/24"})
  void whatIsNoInterfaceAddressIsRefused(String text) {
    assertThatThrownBy(() -> InterfaceAddress.parse(text)).isInstanceOf(ProblemException.class);
  }
}
