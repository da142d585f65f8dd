package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.ControlGroups;
import org.universalnode.node.hoststack.DhcpClients;
import org.universalnode.node.hoststack.StackInterface;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.plan.DesiredGraphs;
import org.universalnode.switching.GraphCompiler;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
@EnabledIf(
    value = "org.universalnode.node.hoststack.DhcpServer#canRun",
    disabledReason = "needs dnsmasq and udhcpc")
class StackClientsTest {
  /** Of one client that does not answer; see there. */
  private static final Duration PATIENCE_OF_ONE = Duration.ofSeconds(2);

  @TempDir Path folder;

  @Test
  void clientsThatDoNotAnswerAreWaitedForTogether() throws Exception {
    DesiredGraph graph = DesiredGraphs.graph(Map.of(), "none");
    try (Testbed testbed = new Testbed();
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      for (String endPoint : List.of("a", "b", "c", "d")) {
        Host host = testbed.host("10.0.0.1/24");
        String identity = GraphCompiler.identity(graph.id(), endPoint);
        clients.keep(StackInterface.of(identity, host.cable()));
        stop(Path.of("universal-node", testbed.name(), "dhcp-" + host.cable()));
      }
      long begun = System.nanoTime();
      new StackClients(clients).endAll(graph);
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(PATIENCE_OF_ONE, PATIENCE_OF_ONE.multipliedBy(3));
      assertThat(clients.identities()).isEmpty();
    }
  }

  private static void stop(Path cgroup) throws Exception {
    await().until(() -> processes(cgroup).size() == 1);
    String process = processes(cgroup).iterator().next().toString();
    assertThat(new ProcessBuilder("/bin/kill", "-STOP", process).start().waitFor()).isZero();
  }

  private static Set<Integer> processes(Path cgroup) {
    return ControlGroups.detect().at(cgroup).processes();
  }
}
