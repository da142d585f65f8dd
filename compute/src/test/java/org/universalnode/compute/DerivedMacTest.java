package org.universalnode.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

class DerivedMacTest {
  private static final InstanceId FIREWALL = new InstanceId("g1", "firewall");
  private static final PortLabel LAN = PortLabel.parse("lan:0");

  @Test
  void aPortKeepsItsAddress() {
    assertThat(DerivedMac.of("m", FIREWALL, LAN)).isEqualTo(DerivedMac.of("m", FIREWALL, LAN));
  }

  @Test
  void portsInstancesAndMachinesDiffer() {
    MacAddress mac = DerivedMac.of("m", FIREWALL, LAN);
    assertThat(mac)
        .isNotEqualTo(DerivedMac.of("n", FIREWALL, LAN))
        .isNotEqualTo(DerivedMac.of("m", new InstanceId("g2", "firewall"), LAN))
        .isNotEqualTo(DerivedMac.of("m", FIREWALL, PortLabel.parse("lan:1")));
  }

  @Test
  void itIsLocalAndUnicast() {
    for (int i = 0; i < 1000; i++) {
      MacAddress mac = DerivedMac.of("m" + i, FIREWALL, LAN);
      assertThat(mac.isUnicast()).isTrue();
      assertThat(mac.bits() >>> 41 & 1).isOne();
    }
  }
}
