package org.universalnode.switching.openvswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.kit.Harm;
import org.universalnode.switching.kit.SwitchDriverConformance;
import org.universalnode.switching.kit.Wires;
import org.universalnode.testbed.PrivateOpenVswitch;

/** All cases share one Open vSwitch, as nodes of different names may. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenVswitchConformanceTest extends SwitchDriverConformance {
  private final NetworkNamespace namespace =
      NetworkNamespace.create("ovsc" + ProcessHandle.current().pid());
  private final PrivateOpenVswitch ovs = PrivateOpenVswitch.in(namespace);

  @BeforeAll
  void ofItsOwn() {
    assertThat(ovs.vsctl("list-br")).isEmpty();
  }

  @AfterAll
  void nothingIsLeft() {
    try {
      assertThat(ovs.vsctl("list-br")).isEmpty();
    } finally {
      ovs.close();
      namespace.delete();
    }
  }

  @Override
  protected Wires wires() {
    return new OpenVswitchWires(namespace, ovs);
  }

  @Override
  protected SwitchDriver open(String node) {
    return namespace.call(() -> OpenVswitchDriver.open(node, ovs.socket()).orThrow());
  }

  @Override
  protected List<Harm> harms() {
    return new SwitchHarm(ovs).all();
  }

  @Override
  protected void expectNothingOf(String node) {
    assertThat(ovs.vsctl("--columns=name", "find", "bridge", "external_ids:universal-node=" + node))
        .isEmpty();
    try (RouteSocket route = namespace.routeSocket()) {
      assertThat(route.links())
          .noneMatch(link -> link.alias().startsWith("universal-node/" + node + "/"));
    }
  }
}
