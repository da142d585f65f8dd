package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.devices.Marks;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class FiltersTest {
  private final Testbed testbed = new Testbed();
  private final Host host = testbed.host("10.97.0.1/24");
  private final RouteSocket route = RouteSocket.open();
  private final TrafficControl traffic = TrafficControl.open();
  private final SwitchDriver driver = EbpfSwitch.open(testbed.name()).orThrow();
  private final Path pins = BpfFilesystem.ROOT.resolve("universal-node").resolve(testbed.name());
  private final BpfMap places = BpfMap.pinned(pins.resolve("places"));
  private final Filters filters = new Filters(places, new Marks(testbed.name()).owner());

  @AfterEach
  void nothingIsLeft() {
    try (testbed;
        route;
        traffic;
        driver;
        places) {
      filters.close();
    }
  }

  /** So it also is if the process dies between the two steps. */
  @Test
  void aPlaceIsKnownBeforeItIsMade() {
    BpfProgram closed = BpfProgram.pinned(pins.resolve("lsi"));
    closed.close();
    assertThatThrownBy(() -> filters.attach(link(), Hook.EGRESS, closed))
        .isInstanceOf(IllegalStateException.class);
    assertThat(traffic.hasPlace(link())).isTrue();
    filters.detach(link(), Hook.EGRESS);
    assertThat(traffic.hasPlace(link())).isFalse();
    assertThat(places.keys()).isEmpty();
  }

  @Test
  void aPlaceThatWasThereStays() {
    try (BpfProgram program = BpfProgram.pinned(pins.resolve("lsi"))) {
      traffic.attach(link(), Hook.EGRESS, program, "somebody");
      traffic.detach(link(), Hook.EGRESS, "somebody");
      filters.attach(link(), Hook.EGRESS, program);
    }
    filters.detach(link(), Hook.EGRESS);
    assertThat(traffic.hasPlace(link())).isTrue();
  }

  private Link link() {
    return route.link(host.cable()).orElseThrow();
  }
}
