package org.universalnode.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class TracesTest {
  private static final String NODE = "ubt" + ProcessHandle.current().pid();

  @Test
  void whatBearsTheMarkOfANodeIsCounted() {
    NetworkNamespace namespace = NetworkNamespace.create(NODE + "-g-f");
    try (RouteSocket route = RouteSocket.open()) {
      String mac = "06:00:00:00:00:01";
      route.markSilent(
          route.createVeth(new Veth(NODE, "eth0", mac, namespace)),
          "universal-node/" + NODE + "/x");
      assertThat(Traces.of(NODE)).isEqualTo(new Traces(1, 1, 0, 0));
      route.deleteLink(NODE);
    } finally {
      namespace.delete();
    }
    assertThat(Traces.of(NODE)).isEqualTo(Traces.NONE);
  }
}
