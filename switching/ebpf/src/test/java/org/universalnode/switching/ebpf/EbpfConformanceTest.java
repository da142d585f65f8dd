package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.RouteSocket;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.kit.Harm;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.kit.SwitchDriverConformance;
import org.universalnode.switching.kit.Wires;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class EbpfConformanceTest extends SwitchDriverConformance {

  @Override
  protected Wires wires() {
    return new NamespaceWires();
  }

  @Override
  protected SwitchDriver open(String node) {
    return EbpfSwitch.open(node).orThrow();
  }

  @Override
  protected List<Harm> harms() {
    return SwitchHarm.all();
  }

  @Override
  protected void expectNothingOf(String node) {
    assertThat(BpfFilesystem.ROOT.resolve("universal-node").resolve(node)).doesNotExist();
    try (RouteSocket route = RouteSocket.open()) {
      assertThat(route.links())
          .noneMatch(link -> link.alias().startsWith("universal-node/" + node + "/"));
    }
  }
}
