package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.Link;
import org.universalnode.linux.Offloads;
import org.universalnode.linux.RouteSocket;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/** What an interface of the machine is while the switch has it, and afterwards. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class GivenInterfaceTest {
  private final Testbed testbed = new Testbed();
  private final Host lan = testbed.host("10.0.0.1/24");
  private final Attachment cable = new Attachment.HostInterface(lan.cable());
  private final RouteSocket route = RouteSocket.open();
  private final Offloads offloads = Offloads.open();
  private final SwitchDriver driver = EbpfSwitch.open(testbed.name()).orThrow();

  @AfterEach
  void close() {
    try (testbed;
        route;
        offloads;
        driver) {
      driver.deleteLsi(LsiId.BASE).orThrow();
    }
  }

  @Test
  void itIsPromiscuousAndJoinsPacketsWhileItIsTheSwitches() {
    boolean before = offloads.joinsPackets(link());
    driver.createPort(LsiId.BASE, cable).orThrow();
    assertThat(offloads.joinsPackets(link())).isTrue();
    assertThat(link().promiscuous()).isTrue();
    driver.deletePort(LsiId.BASE, cable).orThrow();
    assertThat(offloads.joinsPackets(link())).isEqualTo(before);
    assertThat(link().promiscuous()).isFalse();
  }

  @Test
  void whatItWasIsRememberedWhenItIsGivenTwice() {
    boolean before = offloads.joinsPackets(link());
    driver.createPort(LsiId.BASE, cable).orThrow();
    driver.createPort(LsiId.BASE, cable).orThrow();
    driver.deletePort(LsiId.BASE, cable).orThrow();
    assertThat(offloads.joinsPackets(link())).isEqualTo(before);
  }

  private Link link() {
    return route.link(lan.cable()).orElseThrow();
  }
}
