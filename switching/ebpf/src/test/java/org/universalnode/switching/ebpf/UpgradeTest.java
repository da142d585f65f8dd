package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.kit.Wire;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

/** A node comes back with another layout of maps. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class UpgradeTest {
  private static final Frame FRAME = PacketText.parse("udp 10.0.0.1:5 -> 10.0.0.2:6");
  private static final LsiId GRAPH = new LsiId(1);

  private final UpgradedNode node = new UpgradedNode();
  private final Wire in = node.wires.toMachine();
  private final Wire out = node.wires.toMachine();
  private final Wire left = node.wires.toMachine();
  private final Wire function = node.wires.toFunction();

  @AfterEach
  void removeAll() {
    node.close();
  }

  @Test
  void framesAreCarriedAllTheTimeAndWhatNobodyWantsIsGivenBack() {
    String unwanted;
    try (SwitchDriver old = node.open()) {
      old.createPort(LsiId.BASE, left.attachment()).orThrow();
      unwanted = node.plug(old, GRAPH, function).switchInterface();
      node.connect(old, in, out);
      expectCarried();
    }
    node.ofAnotherLayout();
    expectCarried();
    try (SwitchDriver fresh = node.open()) {
      assertThat(fresh.observe().orThrow().ports()).isEmpty();
      expectCarried();
      node.plug(fresh, LsiId.BASE, in);
      node.plug(fresh, LsiId.BASE, out);
      expectCarried();
      node.connect(fresh, in, out);
      expectCarried();
      fresh.settle(Set.of()).orThrow();
      expectCarried();
      assertThat(node.route.link(unwanted)).isEmpty();
      assertThat(node.link(left).promiscuous()).isFalse();
      assertThat(node.hasPredecessors()).isFalse();
    }
  }

  @Test
  void noPlaceForFiltersIsLeftWhenAllIsDeleted() {
    try (SwitchDriver old = node.open()) {
      old.createPort(LsiId.BASE, left.attachment()).orThrow();
      node.connect(old, in, out);
      assertThat(node.hasPlace(in)).isTrue();
    }
    node.ofAnotherLayout();
    try (SwitchDriver fresh = node.open()) {
      node.connect(fresh, in, out);
      fresh.settle(Set.of()).orThrow();
      assertThat(node.hasPlace(left)).isFalse();
      assertThat(node.hasPlace(in)).isTrue();
      fresh.deleteLsi(LsiId.BASE).orThrow();
      assertThat(List.of(in, out, left)).noneMatch(node::hasPlace);
    }
  }

  @Test
  void whatAProcessThatDiedWasNotDoneWithIsDoneLater() {
    try (SwitchDriver old = node.open()) {
      node.connect(old, in, out);
    }
    node.ofAnotherLayout();
    try (SwitchDriver died = node.open()) {
      node.plug(died, LsiId.BASE, in);
      expectCarried();
    }
    try (SwitchDriver fresh = node.open()) {
      expectCarried();
      node.connect(fresh, in, out);
      fresh.settle(Set.of()).orThrow();
      expectCarried();
      assertThat(node.hasPredecessors()).isFalse();
    }
  }

  @Test
  void nothingIsForgottenOfTwoThatWereNotDone() {
    Wire young = node.wires.toMachine();
    try (SwitchDriver oldest = node.open()) {
      node.connect(oldest, in, out);
      oldest.createPort(LsiId.BASE, left.attachment()).orThrow();
    }
    node.ofAnotherLayout();
    String unwanted;
    try (SwitchDriver died = node.open()) {
      died.createPort(LsiId.BASE, young.attachment()).orThrow();
      unwanted = node.plug(died, GRAPH, function).switchInterface();
      node.plug(died, LsiId.BASE, in);
    }
    node.ofAnotherLayout();
    try (SwitchDriver fresh = node.open()) {
      expectCarried();
      node.connect(fresh, in, out);
      expectCarried();
      fresh.settle(Set.of()).orThrow();
      expectCarried();
      assertThat(node.route.link(unwanted)).isEmpty();
      for (Wire given : List.of(left, young)) {
        assertThat(node.link(given).promiscuous()).isFalse();
        assertThat(node.hasPlace(given)).isFalse();
      }
      assertThat(node.hasPredecessors()).isFalse();
      fresh.deleteLsi(LsiId.BASE).orThrow();
      assertThat(List.of(in, out)).noneMatch(node::hasPlace);
    }
  }

  @Test
  void whatHasBeenHandedOverIsNotHandedOverAgain() throws IOException {
    try (SwitchDriver old = node.open()) {
      node.connect(old, in, out);
    }
    node.ofAnotherLayout();
    Handover died = handover();
    died.done(node.link(in).index());
    assertThat(died.waiting()).containsExactly(node.link(out).index());
    assertThat(handover().waiting()).containsExactly(node.link(out).index());
  }

  private Handover handover() throws IOException {
    return new Handover(node.pins, node.pins.open().stream().map(Predecessor::new).toList());
  }

  private void expectCarried() {
    node.expectCarried(in, FRAME, out);
  }
}
