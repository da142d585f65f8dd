package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.Link;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.devices.Marks;
import org.universalnode.switching.kit.Wire;

/** A switch that opens finds links that are not as it left them. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class TakeoverTest {
  private static final String SOMEBODY = "somebody";

  private final UpgradedNode node = new UpgradedNode();
  private final String owner = new Marks(node.wires.node()).owner();
  private final Wire lan = node.wires.toMachine();
  private final Wire wan = node.wires.toMachine();

  @AfterEach
  void nothingIsLeft() {
    node.close();
  }

  @Test
  void onePortThatCannotBeTakenOverKeepsNothingElseFromBeing() {
    plugBoth();
    try (TrafficControl traffic = TrafficControl.open()) {
      Link link = node.link(lan);
      traffic.detach(link, Hook.INGRESS, owner);
      attach(traffic, link, Hook.INGRESS, SOMEBODY);
      try (SwitchDriver driver = node.open()) {
        assertThat(driver.createPort(LsiId.BASE, lan.attachment()).toString())
            .contains(link.name() + " belongs to somebody");
        driver.createPort(LsiId.BASE, wan.attachment()).orThrow();
        traffic.detach(link, Hook.INGRESS, SOMEBODY);
        driver.createPort(LsiId.BASE, lan.attachment()).orThrow();
      }
    }
  }

  /** A process died after it had put a predecessor's program there. */
  @Test
  void aProgramBehindTodaysGoesWithThePort() {
    plugBoth();
    try (TrafficControl traffic = TrafficControl.open();
        SwitchDriver driver = node.open()) {
      attach(traffic, node.link(lan), Hook.AFTER_INGRESS, owner);
      driver.deletePort(LsiId.BASE, lan.attachment()).orThrow();
      assertThat(traffic.hasPlace(node.link(lan))).isFalse();
    }
  }

  @Test
  void aStartAfterAnUpgradeThatEndsEarlyForgetsNoPlace() {
    plugBoth();
    node.ofAnotherLayout();
    node.open().close();
    try (SwitchDriver driver = node.open()) {
      driver.settle(Set.of()).orThrow();
      assertThat(node.hasPlace(lan)).isFalse();
      assertThat(node.hasPlace(wan)).isFalse();
    }
  }

  private void plugBoth() {
    try (SwitchDriver driver = node.open()) {
      node.connect(driver, lan, wan);
    }
  }

  private void attach(TrafficControl traffic, Link link, Hook hook, String whose) {
    try (BpfProgram program = BpfProgram.pinned(node.pins.folder().resolve(DataPlane.PROGRAM))) {
      traffic.attach(link, hook, program, whose);
    }
  }
}
