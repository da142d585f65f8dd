package org.universalnode.switching.openvswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.universalnode.switching.openvswitch.OwnTables.LONG;
import static org.universalnode.switching.openvswitch.OwnTables.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.EndPoint.Addressing;
import org.universalnode.nffg.EndPoint.Kind.HostStack;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;

/** What others take away, and bridges that come back without flows. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class RestoredBridgesTest {
  /** With what counts them more than a bundle may have. */
  private static final int MORE_THAN_A_BUNDLE = 50_010;

  private static final Attachment STACK =
      new Attachment.HostStack(
          "graph:stack",
          new HostStack(Addressing.STATIC, Optional.empty(), Optional.empty(), Optional.empty()));

  private final OwnTables node = new OwnTables();
  private final LsiPort base = node.in.base();

  @AfterEach
  void nothingIsLeft() {
    node.close();
  }

  @Test
  void bridgesThatConnectWhileTheDatabaseIsAwayGetTheirFlowsWhenItIsBack() {
    Map<LsiPort, List<SwitchRule>> tables = node.both("rule", 2, 2);
    node.flows.replace(tables);
    node.keepFromDatabase();
    node.ovs.killDatabase();
    node.ovs.killSwitch();
    node.ovs.startDatabase();
    node.ovs.startSwitch();
    await().atMost(LONG).until(() -> node.flows.connected(LsiId.BASE).isPresent());
    assertThat(Selections.of(node.datapath(LsiId.BASE)).all()).isEmpty();
    node.letReachDatabase();
    tables.forEach(node::expect);
  }

  @Test
  void moreRulesThanABundleHoldsAreWrittenAndRestored() {
    List<SwitchRule> rules = rules("rule", MORE_THAN_A_BUNDLE, node.out.base());
    node.flows.replace(Map.of(base, rules));
    node.ovs.killSwitch();
    node.ovs.startSwitch();
    await().atMost(LONG.plus(LONG)).ignoreExceptions().until(() -> node.slot(base) != 0);
    node.expect(base, rules);
  }

  @Test
  void aPortThatSomebodyTookAwayComesBackWithItsNumberAndWithoutRules() {
    node.flows.replace(node.both("rule", 2, 2));
    takeAway(base);
    VirtualLink next = node.ports.connect(new LsiId(2), "next");
    assertThat(next.base()).isNotEqualTo(base);
    assertThat(node.ports.connect(OwnTables.GRAPH, "in").base()).isEqualTo(base);
    node.expect(base, List.of());
    assertThat(node.flows.inPorts()).doesNotContain(base);
  }

  @Test
  void aPortThatSomebodyTookAwayGetsNoRulesWhenItsBridgeIsRestored() {
    node.flows.replace(node.both("rule", 2, 2));
    takeAway(base);
    node.ovs.killSwitch();
    node.ovs.startSwitch();
    node.expect(node.in.graph(), rules("rule", 2, node.out.graph()));
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> !node.datapath(LsiId.BASE).flows(Cookie.PORT.of(0), Cookie.KIND).isEmpty());
    assertThat(Selections.of(node.datapath(LsiId.BASE)).all()).isEmpty();
  }

  private void takeAway(LsiPort port) {
    BridgePort there =
        node.configuration.ports(Place.of(port.lsi())).stream()
            .filter(each -> each.number() == port.number())
            .findFirst()
            .orElseThrow();
    node.ovs.vsctl("del-port", there.name());
  }

  @Test
  void changesAreProvedToBeInForceAlsoWhenSomebodyTookBridgesAway() {
    List<LsiId> others = IntStream.range(10, 18).mapToObj(LsiId::new).toList();
    others.forEach(other -> node.ports.connect(other, "other"));
    others.forEach(other -> node.ovs.vsctl("del-br", node.names.bridge(Place.of(other))));
    Duration shortest =
        IntStream.range(0, 10).mapToObj(this::timeOfChange).sorted().findFirst().orElseThrow();
    assertThat(shortest).isLessThan(Duration.ofMillis(100)); // which is how long it waits blindly
  }

  private Duration timeOfChange(int number) {
    long before = System.nanoTime();
    node.flows.replace(Map.of(base, rules("rule" + number + "-", 1, node.out.base())));
    return Duration.ofNanos(System.nanoTime() - before);
  }

  @Test
  void aDeviceIsGoneAlsoWhenTheSwitchIsAwayThatShouldTakeItsPortAway() {
    String name = node.namespace.call(() -> node.ports.create(LsiId.BASE, STACK)).switchInterface();
    node.ovs.killSwitch();
    assertThatThrownBy(() -> node.ports.delete(STACK)).hasMessageContaining("ovs-vswitchd");
    assertThat(isThere(name)).isFalse();
    node.ovs.startSwitch();
  }

  @Test
  void aDeviceWhosePortSomebodyTookAwayIsDeletedWithIt() {
    String name = node.namespace.call(() -> node.ports.create(LsiId.BASE, STACK)).switchInterface();
    node.ovs.vsctl("del-port", name);
    node.ports.delete(STACK);
    assertThat(isThere(name)).isFalse();
  }

  private boolean isThere(String name) {
    try (RouteSocket route = node.namespace.routeSocket()) {
      return route.link(name).isPresent();
    }
  }
}
