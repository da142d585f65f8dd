package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.RouteSocket;
import org.universalnode.testbed.Host;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class BridgeTest {
  private static final String BROADCAST = "10.0.0.255";

  @TempDir Path state;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = new Lab(state, "10.0.0.1/24", "10.0.0.2/24", "10.0.0.3/24");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void twoHostsTalkThroughTwoPorts() {
    lab.apply(bridge(2, "{}"));
    assertThat(lab.host(0).connect(lab.host(1), "10.0.0.2", 80)).contains("10.0.0.1");
    assertThat(lab.host(1).connect(lab.host(0), "10.0.0.1", 80)).contains("10.0.0.2");
  }

  @Test
  void aBroadcastReachesBothOtherPorts() throws IOException {
    lab.apply(bridge(3, "{}"));
    try (DatagramChannel sender = lab.host(0).udp(9);
        DatagramChannel second = lab.host(1).udp(9);
        DatagramChannel third = lab.host(2).udp(9)) {
      Host.send(sender, "all of you", BROADCAST, 9);
      assertThat(Host.receive(second)).contains("all of you");
      assertThat(Host.receive(third)).contains("all of you");
    }
  }

  @Test
  void eachOfThreePortsReachesTheOthers() {
    lab.apply(bridge(3, "{}"));
    assertThat(lab.host(0).connect(lab.host(2), "10.0.0.3", 80)).contains("10.0.0.1");
    assertThat(lab.host(2).connect(lab.host(1), "10.0.0.2", 80)).contains("10.0.0.3");
    assertThat(lab.host(1).connect(lab.host(0), "10.0.0.1", 80)).contains("10.0.0.2");
  }

  @Test
  void aPortComesAndGoesAndTheBridgeStaysTheSame() {
    lab.apply(bridge(2, "{}"));
    int index = bridgeIndex();
    lab.apply(bridge(3, "{}"));
    assertThat(lab.host(0).connect(lab.host(2), "10.0.0.3", 80)).contains("10.0.0.1");
    assertThat(bridgeIndex()).isEqualTo(index);
    lab.apply(bridge(2, "{}"));
    assertThat(lab.host(0).connect(lab.host(2), "10.0.0.3", 80)).isEmpty();
    assertThat(lab.host(0).connect(lab.host(1), "10.0.0.2", 80)).contains("10.0.0.1");
    assertThat(bridgeIndex()).isEqualTo(index);
  }

  /** Another bridge would have another one: it is made after the ports. */
  private int bridgeIndex() {
    try (RouteSocket inside = lab.namespace("bridge").routeSocket()) {
      return inside.link("bridge0").orElseThrow().index();
    }
  }

  @Test
  void settingsAreRefusedBecauseABridgeHasNone() {
    assertThat(lab.refusal(bridge(2, "{ \"stp\": true }")).detail())
        .contains("start handler of g/bridge")
        .endsWith("configuration (whole) must be absent or {}: a bridge has no settings");
    assertThat(lab.hasGraph()).isFalse();
  }

  @Test
  void onePortIsNoBridge() {
    assertThat(lab.refusal(bridge(1, "{}")).pointer()).isEqualTo("/forwarding-graph/VNFs/0/ports");
    assertThat(lab.hasGraph()).isFalse();
  }

  /** As many of the hosts as there are ports, joined by a bridge. */
  private Graph bridge(int ports, String configuration) {
    Graph graph = new Graph();
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < ports; i++) {
      list.append(i == 0 ? "" : ",").append("{ \"id\": \"port:%d\" }".formatted(i));
      graph.endPoint("e" + i, lab.host(i)).join("endpoint:e" + i, "vnf:bridge:port:" + i);
    }
    return graph.function(
        """
        { "id": "bridge", "functional-capability": "bridge", "ports": [%s], "configuration": %s }"""
            .formatted(list, configuration));
  }
}
