package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.testbed.PrivateOpenVswitch;

/** A whole node whose LSIs are bridges of Open vSwitch. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
@Execution(
    value = ExecutionMode.SAME_THREAD,
    reason = "only one Open vSwitch with a data path of its own fits into a network namespace")
class OpenVswitchNodeTest {
  private static final String OPEN_VSWITCH = "openvswitch";

  private final PrivateOpenVswitch ovs = PrivateOpenVswitch.here();
  private final Lab lab;

  OpenVswitchNodeTest(@TempDir Path folder) {
    lab = new Lab(folder);
  }

  @AfterEach
  void nothingIsLeft() {
    try (ovs;
        lab) {
      assertThat(ovs.vsctl("list-br")).isEmpty();
      assertThat(lab.traces()).isEmpty();
      assertThat(lab.hasPins()).isFalse();
    }
  }

  @Test
  void carriesAChainThatAKilledNodesSuccessorAdopts() throws Exception {
    lab.switching(OPEN_VSWITCH);
    Running first = start();
    assertThat(put(first, lab.chain("wire", "wire"))).isEqualTo(201);
    assertThat(ovs.vsctl("list-br").lines()).hasSize(2);
    assertThat(lab.connected(7000)).isTrue();
    assertThat(put(first, lab.chain("wire"))).isEqualTo(202);
    assertThat(lab.connected(7001)).isTrue();
    first.kill();
    assertThat(lab.connected(7002)).isTrue();
    Running second = start();
    assertThat(lab.connected(7003)).isTrue();
    delete(second);
  }

  @Test
  void graphsGoOverToAnotherSwitchAndBack() throws Exception {
    Running first = start();
    put(first, lab.chain("wire"));
    assertThat(lab.hasPins()).isTrue();
    first.stop();

    lab.switching(OPEN_VSWITCH);
    Running second = start();
    assertThat(lab.hasPins()).isFalse();
    assertThat(lab.connected(7000)).isTrue();
    second.kill();

    lab.switching("auto");
    Running third = start();
    assertThat(ovs.vsctl("list-br")).isEmpty();
    assertThat(lab.connected(7001)).isTrue();
    delete(third);
  }

  /** Open vSwitch has ARP opcodes up to 255 only. */
  @Test
  void aGraphWithARuleThatTheNextSwitchRefusesFailsAlone() throws Exception {
    Running first = start();
    String refused = lab.chain().replace("\"port_in\"", "\"arp_opcode\":\"300\",\"port_in\"");
    assertThat(put(first, refused)).isEqualTo(201);
    assertThat(lab.call(first.port(), "PUT", "/NF-FG/g2", lab.island("wire")).statusCode())
        .isEqualTo(201);
    first.stop();
    lab.switching(OPEN_VSWITCH);
    Running second = start();
    assertThat(status(second, "g1")).contains("\"failed\"", "ARP opcodes up to 255");
    assertThat(status(second, "g2")).contains("\"active\"");
    assertThat(put(second, lab.chain())).isEqualTo(202);
    assertThat(lab.connected(7000)).isTrue();
    assertThat(lab.call(second.port(), "DELETE", "/NF-FG/g2", "").statusCode()).isEqualTo(204);
    delete(second);
  }

  private String status(Running node, String graph) {
    return lab.call(node.port(), "GET", "/NF-FG/status/" + graph, "").body();
  }

  /** Or else a change would be answered with success while frames go on as before. */
  @Test
  void aNodeWhoseOldSwitchCannotBeStoppedDoesNotTakeAnother() throws Exception {
    Running first = start();
    put(first, lab.chain("wire"));
    first.kill();
    Path pin = BpfFilesystem.ROOT.resolve("universal-node").resolve(lab.options().name());
    Path hidden = pin.resolveSibling(lab.options().name() + "-hidden");
    Files.move(pin.resolve("places"), hidden);
    Files.createDirectory(pin.resolve("places"));
    try {
      assertThatThrownBy(this::start).isInstanceOf(AssertionError.class);
      assertThat(lab.connected(7000)).isTrue();
    } finally {
      Files.delete(pin.resolve("places"));
      Files.move(hidden, pin.resolve("places"));
    }
    delete(start());
  }

  private Running start() throws IOException {
    return Running.start(lab, Map.of("OVS_RUNDIR", ovs.folder().toString()));
  }

  private int put(Running node, String graph) {
    return lab.call(node.port(), "PUT", "/NF-FG/g1", graph).statusCode();
  }

  private void delete(Running node) throws InterruptedException {
    assertThat(lab.call(node.port(), "DELETE", "/NF-FG/g1", "").statusCode()).isEqualTo(204);
    node.stop();
  }
}
