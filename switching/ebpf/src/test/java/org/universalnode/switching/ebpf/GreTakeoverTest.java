package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.devices.Marks;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.kit.Wires;

/** A switch that opens finds tunnels that are not as it left them. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class GreTakeoverTest {
  private static final String SOMEBODY = "somebody";

  private final NamespaceWires wires = new NamespaceWires();
  private final Marks marks = new Marks(wires.node());
  private final RouteSocket route = RouteSocket.open();
  private final TrafficControl traffic = TrafficControl.open();
  private final Wires.Underlay underlay = wires.underlay(false);

  @AfterEach
  void nothingIsLeft() {
    try (wires;
        route;
        traffic;
        SwitchDriver driver = open()) {
      driver.deleteLsi(LsiId.BASE).orThrow();
    }
  }

  /** Its own end-point hears why, and only that. */
  @Test
  void oneTunnelThatCantBeTakenOverKeepsNothingElseFromBeing() {
    try (SwitchDriver before = open()) {
      before.createPort(LsiId.BASE, tunnel(1)).orThrow();
      before.createPort(LsiId.BASE, tunnel(2)).orThrow();
    }
    Link peer = route.link(marks.tunnelSideOf("g/1")).orElseThrow();
    takePlace(peer);
    try (SwitchDriver driver = open()) {
      assertThat(driver.createPort(LsiId.BASE, tunnel(1)).toString())
          .contains(peer.name() + " belongs to somebody");
      driver.createPort(LsiId.BASE, tunnel(2)).orThrow();
      traffic.detach(peer, Hook.INGRESS, SOMEBODY);
      driver.createPort(LsiId.BASE, tunnel(1)).orThrow();
    }
  }

  private void takePlace(Link peer) {
    Path pins = BpfFilesystem.ROOT.resolve("universal-node").resolve(wires.node());
    traffic.detach(peer, Hook.INGRESS, marks.owner());
    try (BpfProgram theirs = BpfProgram.pinned(pins.resolve("lsi"))) {
      traffic.attach(peer, Hook.INGRESS, theirs, SOMEBODY);
    }
  }

  /** A process died after it had made the pair, or when it had also marked it. */
  @Test
  void pairsThatNeverBecamePortsAreRemoved() {
    Marks others = new Marks(wires.node() + "b");
    for (Marks whose : new Marks[] {marks, others}) {
      make(whose, "g/unmarked");
    }
    Link marked = make(marks, "g/marked");
    route.markSilent(marked, marks.markOfGre("g/marked"));
    try (SwitchDriver driver = open()) {
      assertThat(driver.observe().orThrow().ports()).isEmpty();
      assertThat(route.link(marks.nameOfGre("g/unmarked"))).isEmpty();
      assertThat(route.link(marks.nameOfGre("g/marked"))).isEmpty();
      assertThat(route.link(others.nameOfGre("g/unmarked"))).isPresent();
    } finally {
      route.deleteLink(others.nameOfGre("g/unmarked"));
    }
  }

  @Test
  void pairsThatArePortsStay() {
    try (SwitchDriver before = open()) {
      before.createPort(LsiId.BASE, tunnel(1)).orThrow();
    }
    Link port = route.link(marks.nameOfGre("g/1")).orElseThrow();
    try (SwitchDriver driver = open()) {
      assertThat(route.link(port.index())).isPresent();
      assertThat(driver.observe().orThrow().ports()).hasSize(1);
    }
  }

  private Link make(Marks whose, String identity) {
    String far = whose.tunnelSideOf(identity);
    return route.createVeth(whose.nameOfGre(identity), far, whose.macOf(far).toString());
  }

  private SwitchDriver open() {
    return EbpfSwitch.open(wires.node()).orThrow();
  }

  private Attachment tunnel(int key) {
    return new Attachment.Tunnel(
        "g/" + key,
        new GreTunnel(underlay.address(), underlay.neighbour(), key, OptionalInt.empty(), false));
  }
}
