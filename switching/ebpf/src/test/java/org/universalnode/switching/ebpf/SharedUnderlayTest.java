package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
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
import org.universalnode.switching.kit.Wires;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

/** Two nodes of one machine, each with a GRE tunnel by the same interface. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class SharedUnderlayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int ADDRESSES_AT = 26;

  private final NamespaceWires wires = new NamespaceWires();
  private final RouteSocket route = RouteSocket.open();
  private final TrafficControl traffic = TrafficControl.open();
  private final SwitchDriver one = EbpfSwitch.open(wires.node()).orThrow();
  private final SwitchDriver other = EbpfSwitch.open(wires.node() + "b").orThrow();
  private final Wires.Underlay underlay = wires.underlay(false);

  @AfterEach
  void nothingIsLeft() {
    try (wires;
        route;
        traffic;
        SwitchDriver first = one;
        SwitchDriver second = other) {
      first.deleteLsi(LsiId.BASE).orThrow();
      second.deleteLsi(LsiId.BASE).orThrow();
    }
  }

  @Test
  void tunnelsOfBothCarryFrames() {
    Wire lanOfOne = join(one, 1);
    Wire lanOfOther = join(other, 2);
    carries(lanOfOne);
    carries(lanOfOther);
  }

  @Test
  void theLastNodeThatLeavesTakesThePlaceForFiltersAway() {
    join(one, 1);
    Wire lanOfOther = join(other, 2);
    one.deleteLsi(LsiId.BASE).orThrow();
    carries(lanOfOther);
    assertThat(traffic.hasPlace(link())).isTrue();
    other.deleteLsi(LsiId.BASE).orThrow();
    assertThat(traffic.hasPlace(link())).isFalse();
  }

  @Test
  void aTunnelIsOneNodesOnly() {
    Attachment tunnel = tunnel(1);
    one.createPort(LsiId.BASE, tunnel).orThrow();
    assertThat(other.createPort(LsiId.BASE, tunnel).toString())
        .contains("is another node's already");
    assertThat(other.observe().orThrow().ports()).isEmpty();
    one.deletePort(LsiId.BASE, tunnel).orThrow();
    other.createPort(LsiId.BASE, tunnel).orThrow();
  }

  /** A frame leaves by the tunnel, and comes back as if the far end had sent it. */
  private void carries(Wire lan) {
    Frame frame = PacketText.parse("udp 10.0.0.1:5 -> 10.0.0.2:6");
    wires.send(lan, frame);
    Frame outside = awaited(underlay.wire()).orElseThrow();
    wires.send(underlay.wire(), returned(outside));
    assertThat(awaited(lan)).hasValue(frame);
  }

  private static Frame returned(Frame frame) {
    byte[] bytes = frame.bytes();
    ByteBuffer swapped = ByteBuffer.wrap(bytes.clone());
    swapped.put(0, bytes, 6, 6).put(6, bytes, 0, 6);
    swapped.put(ADDRESSES_AT, bytes, ADDRESSES_AT + 4, 4);
    swapped.put(ADDRESSES_AT + 4, bytes, ADDRESSES_AT, 4);
    return Frame.of(swapped.array());
  }

  private Optional<Frame> awaited(Wire wire) {
    Optional<Wires.Received> next = wires.receive(PATIENCE);
    while (next.isPresent() && !next.get().wire().equals(wire)) {
      next = wires.receive(PATIENCE);
    }
    return next.map(Wires.Received::frame);
  }

  /** A network of the node's own, joined with a tunnel. */
  private Wire join(SwitchDriver driver, int key) {
    Wire lan = wires.toMachine();
    AttachedPort inside = driver.createPort(LsiId.BASE, lan.attachment()).orThrow();
    wires.plugged(lan, inside);
    LsiPort outside = driver.createPort(LsiId.BASE, tunnel(key)).orThrow().port();
    driver
        .apply(
            new RuleChange(
                Map.of(inside.port(), List.of(to(outside)), outside, List.of(to(inside.port())))))
        .orThrow();
    return lan;
  }

  private Attachment tunnel(int key) {
    GreTunnel tunnel =
        new GreTunnel(underlay.address(), underlay.neighbour(), key, OptionalInt.empty(), false);
    return new Attachment.Tunnel("g/t", tunnel);
  }

  private Link link() {
    String cable = ((Attachment.HostInterface) underlay.wire().attachment()).name();
    return route.link(cable).orElseThrow();
  }

  private static SwitchRule to(LsiPort port) {
    return new SwitchRule(
        "to " + port, 1, MatchFields.ANY, RuleAction.outputs(List.of(port.number())));
  }
}
