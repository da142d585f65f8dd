package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.switching.ebpf.UpgradedNode.apply;
import static org.universalnode.switching.ebpf.UpgradedNode.forward;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.kit.GrePacket;
import org.universalnode.switching.kit.Wire;
import org.universalnode.switching.kit.Wires.Underlay;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

/** A node with two tunnels by one underlay comes back with another layout of maps. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class GreUpgradeTest {
  private static final Frame FRAME = PacketText.parse("udp 10.0.0.1:5 -> 10.0.0.2:6");

  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final UpgradedNode node = new UpgradedNode();
  private final Wire lan = node.wires.toMachine();
  private final Underlay underlay = node.wires.underlay(false);
  private SwitchDriver driver = node.open();

  @BeforeEach
  void upgrade() {
    join(1);
    join(2);
    driver.close();
    node.ofAnotherLayout();
    driver = node.open();
  }

  @AfterEach
  void removeAll() {
    driver.close();
    node.close();
  }

  @Test
  void eachTunnelTakesPacketsInAllTheTime() {
    expectArrival(1);
    expectArrival(2);
    join(1);
    expectArrival(1);
    expectArrival(2);
    join(2);
    expectArrival(1);
    expectArrival(2);
    driver.settle(Set.of()).orThrow();
    expectArrival(1);
    expectArrival(2);
    assertThat(node.hasPredecessors()).isFalse();
    driver.deleteLsi(LsiId.BASE).orThrow();
    assertThat(node.hasPlace(underlay.wire())).isFalse();
  }

  @Test
  void anUnderlayThatNoTunnelUsesAnyMoreIsLeft() {
    node.plug(driver, LsiId.BASE, lan);
    assertThat(node.hasPlace(underlay.wire())).isTrue();
    driver.settle(Set.of()).orThrow();
    assertThat(node.hasPlace(underlay.wire())).isFalse();
    assertThat(node.hasPredecessors()).isFalse();
  }

  @Test
  void aTunnelOfAGraphThatCouldNotBeMadeGoesOn() {
    driver.settle(Set.of(new LsiId(1))).orThrow();
    expectArrival(1);
    driver.settle(Set.of()).orThrow();
    node.wires.send(underlay.wire(), packet(1).received(FRAME));
    assertThat(node.wires.receive(ANSWER))
        .as("the machine's own stack says that it knows no GRE")
        .hasValueSatisfying(received -> assertThat(received.wire()).isEqualTo(underlay.wire()));
    assertThat(node.hasPlace(underlay.wire())).isFalse();
  }

  /** The tunnel ends in the lan. */
  private void join(int key) {
    LsiPort out = node.plug(driver, LsiId.BASE, lan).port();
    Attachment end = new Attachment.Tunnel("g/" + key, packet(key).tunnel());
    LsiPort in = driver.createPort(LsiId.BASE, end).orThrow().port();
    apply(driver, in, forward(MatchFields.ANY, out));
  }

  private void expectArrival(int key) {
    node.expectCarried(underlay.wire(), packet(key).received(FRAME), lan);
  }

  private GrePacket packet(int key) {
    GreTunnel tunnel =
        new GreTunnel(underlay.address(), underlay.neighbour(), key, OptionalInt.empty(), false);
    return new GrePacket(underlay, tunnel);
  }
}
