package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.kit.Wire;
import org.universalnode.switching.reference.Frame;

/** A node that ends and comes back with another layout of maps, and what is plugged into it. */
final class UpgradedNode implements AutoCloseable {
  private static final int FRAMES = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration SHORT = Duration.ofMillis(100);

  final NamespaceWires wires = new NamespaceWires();
  final RouteSocket route = RouteSocket.open();
  final Pins pins = new Pins(wires.node());

  SwitchDriver open() {
    return EbpfSwitch.open(wires.node()).orThrow();
  }

  /** As if the node before had been of another version. */
  void ofAnotherLayout() {
    try {
      Files.delete(pins.folder().resolve(Pins.LAYOUT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean hasPredecessors() {
    return Files.exists(BpfFilesystem.ROOT.resolve("universal-node-before").resolve(wires.node()));
  }

  AttachedPort plug(SwitchDriver driver, LsiId lsi, Wire wire) {
    AttachedPort port = driver.createPort(lsi, wire.attachment()).orThrow();
    wires.plugged(wire, port);
    return port;
  }

  /** All frames of one wire go to another one. */
  void connect(SwitchDriver driver, Wire from, Wire to) {
    LsiPort in = plug(driver, LsiId.BASE, from).port();
    apply(driver, in, forward(MatchFields.ANY, plug(driver, LsiId.BASE, to).port()));
  }

  static void apply(SwitchDriver driver, LsiPort in, SwitchRule... rules) {
    driver.apply(new RuleChange(Map.of(in, List.of(rules)))).orThrow();
  }

  static SwitchRule forward(MatchFields match, LsiPort out) {
    List<RuleAction<Integer>> actions = RuleAction.outputs(List.of(out.number()));
    return new SwitchRule("to " + out.number(), 1, match.withPrerequisites(), actions);
  }

  void expectCarried(Wire from, Frame frame, Wire to) {
    for (int i = 0; i < FRAMES; i++) {
      wires.send(from, frame);
      assertThat(wires.receive(PATIENCE))
          .hasValueSatisfying(received -> assertThat(received.wire()).isEqualTo(to));
    }
    assertThat(wires.receive(SHORT)).isEmpty();
  }

  void expectDropped(Wire from, Frame frame) {
    wires.send(from, frame);
    assertThat(wires.receive(SHORT)).isEmpty();
  }

  Link link(Wire machine) {
    Attachment.HostInterface host = (Attachment.HostInterface) machine.attachment();
    return route.link(host.name()).orElseThrow();
  }

  /** Whether the interface has a place for filters, asked by making one; while a driver is open. */
  boolean hasPlace(Wire machine) {
    Path lsi = pins.folder().resolve(DataPlane.PROGRAM);
    try (TrafficControl traffic = TrafficControl.open();
        BpfProgram any = BpfProgram.pinned(lsi)) {
      boolean made = traffic.attach(link(machine), Hook.EGRESS, any, "somebody");
      traffic.detach(link(machine), Hook.EGRESS, "somebody");
      return !made || !traffic.removeEmptyPlace(link(machine));
    }
  }

  /** Also after a failure. */
  @Override
  public void close() {
    try (wires;
        route;
        SwitchDriver last = open()) {
      last.settle(Set.of()).orThrow();
      last.deleteLsi(LsiId.BASE).orThrow();
      last.deleteLsi(new LsiId(1)).orThrow();
      assertThat(hasPredecessors()).isFalse();
    }
    assertThat(pins.folder()).doesNotExist();
  }
}
