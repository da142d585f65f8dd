package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.kit.Wire;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

/** A node comes back with another layout of maps. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class UpgradeTest {
  private static final Frame FRAME = PacketText.parse("udp 10.0.0.1:5 -> 10.0.0.2:6");
  private static final int FRAMES = 20;
  private static final Path BEFORE = BpfFilesystem.ROOT.resolve("universal-node-before");

  private final NamespaceWires wires = new NamespaceWires();
  private final Path pins = new Pins(wires.node()).folder();
  private final Wire in = wires.toMachine();
  private final Wire out = wires.toMachine();
  private final Wire left = wires.toMachine();
  private final Wire function = wires.toFunction();

  /** Also after a failure. */
  @AfterEach
  void removeAll() {
    try (wires;
        SwitchDriver last = EbpfSwitch.open(wires.node()).orThrow()) {
      last.settle().orThrow();
      last.deleteLsi(LsiId.BASE).orThrow();
      last.deleteLsi(new LsiId(1)).orThrow();
    }
  }

  @Test
  void framesAreCarriedAllTheTimeAndWhatNobodyWantsIsGivenBack() throws IOException {
    try (RouteSocket route = RouteSocket.open()) {
      String unwanted;
      try (SwitchDriver old = EbpfSwitch.open(wires.node()).orThrow()) {
        old.createPort(LsiId.BASE, left.attachment()).orThrow();
        unwanted = plug(old, new LsiId(1), function).switchInterface();
        connect(old);
        expectCarried();
      }
      ofAnotherLayout();
      expectCarried();
      try (SwitchDriver fresh = EbpfSwitch.open(wires.node()).orThrow()) {
        assertThat(fresh.observe().orThrow().ports()).isEmpty();
        expectCarried();
        plug(fresh, LsiId.BASE, in);
        plug(fresh, LsiId.BASE, out);
        expectCarried();
        connect(fresh);
        expectCarried();
        fresh.settle().orThrow();
        expectCarried();
        assertThat(route.link(unwanted)).isEmpty();
        Attachment.HostInterface host = (Attachment.HostInterface) left.attachment();
        assertThat(route.link(host.name())).map(Link::promiscuous).contains(false);
        assertThat(BEFORE.resolve(wires.node())).doesNotExist();
        fresh.deleteLsi(LsiId.BASE).orThrow();
      }
      assertThat(pins).doesNotExist();
    }
  }

  @Test
  void whatAProcessThatDiedWasNotDoneWithIsDoneLater() throws IOException {
    try (SwitchDriver old = EbpfSwitch.open(wires.node()).orThrow()) {
      connect(old);
    }
    ofAnotherLayout();
    try (SwitchDriver died = EbpfSwitch.open(wires.node()).orThrow()) {
      plug(died, LsiId.BASE, in);
      expectCarried();
    }
    try (SwitchDriver fresh = EbpfSwitch.open(wires.node()).orThrow()) {
      expectCarried();
      connect(fresh);
      fresh.settle().orThrow();
      expectCarried();
      fresh.deleteLsi(LsiId.BASE).orThrow();
    }
    assertThat(pins).doesNotExist();
    assertThat(BEFORE.resolve(wires.node())).doesNotExist();
  }

  /** As if the node before had been of another version. */
  private void ofAnotherLayout() throws IOException {
    Files.delete(pins.resolve(Pins.LAYOUT));
  }

  private void connect(SwitchDriver driver) {
    AttachedPort from = plug(driver, LsiId.BASE, in);
    AttachedPort to = plug(driver, LsiId.BASE, out);
    List<RuleAction<Integer>> actions = RuleAction.outputs(List.of(to.port().number()));
    SwitchRule rule = new SwitchRule("r", 1, MatchFields.ANY, actions);
    driver.apply(new RuleChange(Map.of(from.port(), List.of(rule)))).orThrow();
  }

  private AttachedPort plug(SwitchDriver driver, LsiId lsi, Wire wire) {
    AttachedPort port = driver.createPort(lsi, wire.attachment()).orThrow();
    wires.plugged(wire, port);
    return port;
  }

  private void expectCarried() {
    for (int i = 0; i < FRAMES; i++) {
      wires.send(in, FRAME);
      assertThat(wires.receive(Duration.ofSeconds(2)))
          .hasValueSatisfying(received -> assertThat(received.wire()).isEqualTo(out));
    }
  }
}
