package org.universalnode.switching.openvswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.universalnode.switching.openvswitch.OwnTables.GRAPH;
import static org.universalnode.switching.openvswitch.OwnTables.LONG;
import static org.universalnode.switching.openvswitch.OwnTables.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.openvswitch.openflow.Datapath;

/** Bridges and daemons that go, or come back, while the rules of several in-ports change. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class InterruptedChangeTest {
  /** Takes long enough to interrupt. */
  private static final int MANY = 15_000;

  private final OwnTables node = new OwnTables();
  private final LsiPort base = node.in.base();
  private final LsiPort graph = node.in.graph();

  @AfterEach
  void nothingIsLeft() {
    node.close();
  }

  @Test
  void aBridgeThatConnectsAnewDuringAChangeHasTheNewRules() {
    node.flows.replace(node.both("old", 2, 2));
    Map<LsiPort, List<SwitchRule>> change = node.both("new", 3, MANY);
    CompletableFuture<Void> done = node.begin(change);
    node.datapath(LsiId.BASE).disconnect();
    done.join();
    change.forEach(node::expect);
  }

  @Test
  void aSwitchThatIsKilledDuringAChangeHasTheRulesAgainThatItShould() {
    Map<LsiPort, List<SwitchRule>> old = node.both("old", 2, 2);
    Map<LsiPort, List<SwitchRule>> change = node.both("new", 3, MANY);
    node.flows.replace(node.both("older", 2, 2));
    node.flows.replace(old);
    assertThat(node.slot(base)).isEqualTo(Pipeline.SLOTS.getLast()); // the other than when restored
    CompletableFuture<Void> done = node.begin(change);
    node.awaitWork(done, Duration.ofMillis(100)); // on what fills the second bridge
    node.ovs.killSwitch();
    node.ovs.startSwitch();
    (fails(done) ? old : change).forEach(node::expect);
  }

  @Test
  void aChangeThatFailsAtOneBridgeLeavesNothingAtTheOthers() {
    VirtualLink other = node.ports.connect(GRAPH, "other");
    LsiId third = new LsiId(7);
    node.ports.connect(third, "third");
    Map<LsiPort, List<SwitchRule>> old = node.both("old", 2, 2);
    Map<LsiPort, List<SwitchRule>> change = node.both("new", 3, MANY);
    node.flows.replace(old);
    String bridge = node.names.bridge(Place.of(third));
    CompletableFuture<Void> done = node.begin(change);
    node.ovs.vsctl("del-controller", bridge);
    Map<LsiPort, List<SwitchRule>> expected = fails(done) ? old : change;
    expected.forEach(node::expect);
    node.ovs.vsctl("set-controller", bridge, "unix:" + node.flows.controller());
    await().atMost(LONG).until(() -> node.flows.connected(third).isPresent());
    node.flows.replace(
        Map.of(
            other.base(), rules("other", 1, node.out.base()),
            other.graph(), rules("other", 1, node.out.graph())));
    expected.forEach(node::expect);
  }

  /** The switch may have been quicker than what happens to it. */
  private static boolean fails(CompletableFuture<Void> change) {
    return change.handle((_, problem) -> problem != null).join();
  }

  @Test
  void aDatabaseThatIsAwayDuringAChangeDoesNotHinderIt() {
    node.flows.replace(node.both("old", 2, 2));
    Map<LsiPort, List<SwitchRule>> change = node.both("new", 3, MANY);
    CompletableFuture<Void> done = node.begin(change);
    node.keepFromDatabase();
    node.ovs.killDatabase();
    node.ovs.startDatabase(); // without it the switch itself would stop
    assertThatCode(done::join).doesNotThrowAnyException();
    change.forEach(node::expect);
  }

  @Test
  void ofAChangeThatAProcessDidNotFinishNoRulesAreLeftWhereNoneAreWanted() {
    node.flows.replace(node.both("old", 2, 2));
    Datapath datapath = node.datapath(LsiId.BASE);
    datapath.apply(List.of(Pipeline.selection(base.number(), 2, Pipeline.UNMATCHED))).orThrow();
    node.flows.close();
    try (FlowTables again = new FlowTables(node.configuration, node.names, node.ovs.folder())) {
      again.adopt();
      again.replace(Map.of(base, List.of()));
      assertThat(again.inPorts()).containsExactly(graph);
      Datapath now = again.connected(LsiId.BASE).orElseThrow();
      assertThat(Selections.of(now).all()).isEmpty();
      assertThat(now.flows(Cookie.RULE.of(0), Cookie.KIND)).isEmpty();
    }
  }

  @Test
  void aRuleThatMovesToAnotherInPortIsCountedThere() {
    LsiPort other = node.out.base();
    node.flows.replace(Map.of(base, rules("moving", 1, other), other, rules("other", 1, base)));
    node.flows.replace(Map.of(base, rules("new", 1, other), other, rules("moving", 1, base)));
    assertThat(
            node.datapath(LsiId.BASE).flows(Cookie.COUNTER.of(0), Cookie.KIND).stream()
                .map(RuleFlows::counter))
        .containsExactlyInAnyOrder(RuleFlows.counter("moving0"), RuleFlows.counter("new0"));
  }
}
