package org.universalnode.switching.openvswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;
import org.universalnode.testbed.PrivateOpenVswitch;

/** Daemons of Open vSwitch that are killed and come back. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class ReconnectionTest {
  private static final LsiId GRAPH = new LsiId(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final NetworkNamespace namespace =
      NetworkNamespace.create("ovsr" + ProcessHandle.current().pid() + "x" + System.nanoTime());
  private final PrivateOpenVswitch ovs = PrivateOpenVswitch.in(namespace);
  private final Names names = new Names("reconnection");
  private SwitchDriver driver =
      namespace.call(() -> OpenVswitchDriver.open(names.node(), ovs.socket()).orThrow());
  private final VirtualLink in = driver.connect(GRAPH, "in").orThrow();
  private final VirtualLink out = driver.connect(GRAPH, "out").orThrow();

  @AfterEach
  void nothingIsLeft() {
    try (ovs) {
      driver.deleteLsi(GRAPH).orThrow();
      driver.close();
      assertThat(ovs.vsctl("list-br")).isEmpty();
    } finally {
      namespace.delete();
    }
  }

  @Test
  void aSwitchThatWasKilledHasItsFlowsAgainAndPortsTheirNumbers() {
    apply(in.base(), out.base());
    apply(in.graph(), out.graph());
    String before = flows(LsiId.BASE) + flows(GRAPH);
    ovs.killSwitch();
    ovs.startSwitch();
    awaitFlows(text -> text.equals(before));
    assertThat(driver.connect(GRAPH, "in").orThrow()).isEqualTo(in);
  }

  @Test
  void aDatabaseThatWasKilledIsUsedAgainAndFlowsAreAsTheyWere() {
    apply(in.base(), out.base());
    String before = flows(LsiId.BASE) + flows(GRAPH);
    ovs.killDatabase();
    ovs.startDatabase();
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(driver.connect(GRAPH, "in").orThrow()).isEqualTo(in));
    assertThat(flows(LsiId.BASE) + flows(GRAPH)).isEqualTo(before);
  }

  @Test
  void aBridgeThatOpenVswitchCouldNotMakeIsMadeAgain() {
    driver.deleteLsi(GRAPH).orThrow();
    String name = names.bridge(Place.of(GRAPH));
    String marks = "external_ids:universal-node=%s external_ids:universal-node-place=%s";
    ovs.vsctl(
        ("add-br %s -- set bridge %s datapath_type=system " + marks)
            .formatted(name, name, names.node(), Place.of(GRAPH).text())
            .split(" ", -1));
    driver.close();
    driver = namespace.call(() -> OpenVswitchDriver.open(names.node(), ovs.socket()).orThrow());
    assertThat(ovs.vsctl("list-br")).doesNotContain(name);
    driver.createLsi(GRAPH).orThrow();
    assertThat(ovs.vsctl("get", "bridge", name, "datapath_type")).contains("netdev");
  }

  @Test
  void whatIsNotMarkedIsNotTouched() {
    ovs.vsctl("add-br", "br0", "--", "set", "bridge", "br0", "datapath_type=netdev");
    driver.deleteLsi(GRAPH).orThrow();
    driver.deleteLsi(LsiId.BASE).orThrow();
    assertThat(ovs.vsctl("list-br")).isEqualTo("br0\n");
    ovs.vsctl("del-br", "br0");
  }

  private void apply(LsiPort from, LsiPort to) {
    List<SwitchRule> rules =
        List.of(
            new SwitchRule("all", 1, MatchFields.ANY, RuleAction.outputs(List.of(to.number()))));
    driver.apply(new RuleChange(Map.of(from, rules))).orThrow();
  }

  private void awaitFlows(Predicate<String> wanted) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> flows(LsiId.BASE) + flows(GRAPH), wanted);
  }

  /** Without what is counted, in an order of its own. */
  private String flows(LsiId lsi) {
    return ovs.ofctl("dump-flows", names.bridge(Place.of(lsi)), "--no-stats")
        .lines()
        .filter(line -> line.contains("actions="))
        .map(line -> line.replaceAll("goto_table:[34]", "goto_table:slot"))
        .map(line -> line.replaceAll("table=[34],", "table=slot,"))
        .sorted()
        .reduce("", (one, other) -> one + other + "\n");
  }
}
