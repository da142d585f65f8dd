package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.switching.ebpf.UpgradedNode.apply;
import static org.universalnode.switching.ebpf.UpgradedNode.forward;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.kit.Wire;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

/**
 * A node comes back with another layout of maps, and can't make one of its graphs: that graph has a
 * function, and shares an interface of the machine with what could be made.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class UnmadeGraphTest {
  private static final LsiId GRAPH = new LsiId(1);
  private static final Frame FOR_GRAPH = PacketText.parse("udp 10.0.0.1:5 -> 10.0.0.2:6");
  private static final Frame OTHER = PacketText.parse("udp 10.0.0.1:5 -> 10.0.0.2:7");

  private final UpgradedNode node = new UpgradedNode();
  private final Wire shared = node.wires.toMachine();
  private final Wire out = node.wires.toMachine();
  private final Wire function = node.wires.toFunction();
  private SwitchDriver driver = node.open();

  @BeforeEach
  void upgrade() {
    makeGraph();
    shareInterface(out);
    driver.close();
    node.ofAnotherLayout();
    driver = node.open();
    expectAllCarried();
    shareInterface(out);
    driver.settle(Set.of(GRAPH)).orThrow();
  }

  @AfterEach
  void removeAll() {
    driver.close();
    node.close();
  }

  @Test
  void itIsCarriedOnAlsoWhenTheNodeBeginsAgain() {
    expectAllCarried();
    driver.close();
    driver = node.open();
    expectAllCarried();
    driver.settle(Set.of(GRAPH)).orThrow();
    expectAllCarried();
    assertThat(node.hasPredecessors()).isTrue();
  }

  @Test
  void itsPartThatWasMadeDoesNotTakeItsFrames() {
    node.plug(driver, GRAPH, function);
    expectAllCarried();
    driver.settle(Set.of(GRAPH)).orThrow();
    expectAllCarried();
  }

  @Test
  void rulesOfOthersChangeMeanwhile() {
    Wire another = node.wires.toMachine();
    shareInterface(another);
    node.expectCarried(shared, OTHER, another);
    node.expectCarried(shared, FOR_GRAPH, function);
    LsiPort in = node.plug(driver, LsiId.BASE, shared).port();
    apply(driver, in, intoGraph());
    node.expectDropped(shared, OTHER);
    node.expectCarried(shared, FOR_GRAPH, function);
  }

  @Test
  void itIsTakenOverWhenItIsMade() {
    makeGraph();
    expectAllCarried();
    driver.settle(Set.of()).orThrow();
    expectAllCarried();
    assertThat(node.hasPredecessors()).isFalse();
    driver.close();
    driver = node.open();
    expectAllCarried();
    driver.deleteLsi(GRAPH).orThrow();
    driver.deleteLsi(LsiId.BASE).orThrow();
    assertThat(node.hasPlace(shared)).isFalse();
  }

  @Test
  void itIsDeletedAsAnyOther() {
    String switchInterface = node.wires.node();
    driver.deleteLsi(GRAPH).orThrow();
    assertThat(node.route.links())
        .noneMatch(link -> link.alias().startsWith("universal-node/" + switchInterface + "/"));
    node.expectCarried(shared, OTHER, out);
    node.expectDropped(shared, FOR_GRAPH);
    driver.settle(Set.of()).orThrow();
    assertThat(node.hasPredecessors()).isFalse();
    node.expectCarried(shared, OTHER, out);
  }

  @Test
  void anInterfaceThatOnlyItHasStaysUntilItIsTakenAway() {
    Wire own = node.wires.toMachine();
    node.connect(driver, own, out);
    driver.close();
    node.ofAnotherLayout();
    driver = node.open();
    shareInterface(out);
    driver.settle(Set.of(GRAPH)).orThrow();
    node.expectCarried(own, FOR_GRAPH, out);
    expectAllCarried();
    driver.deletePort(LsiId.BASE, own.attachment()).orThrow();
    assertThat(node.link(own).promiscuous()).isFalse();
    assertThat(node.hasPlace(own)).isFalse();
    node.expectDropped(own, FOR_GRAPH);
  }

  private void expectAllCarried() {
    node.expectCarried(shared, FOR_GRAPH, function);
    node.expectCarried(function, FOR_GRAPH, shared);
    node.expectCarried(shared, OTHER, out);
  }

  /** What LSI-0 has of both, once the graph's links are there. */
  private void shareInterface(Wire to) {
    LsiPort in = node.plug(driver, LsiId.BASE, shared).port();
    LsiPort other = node.plug(driver, LsiId.BASE, to).port();
    MatchFields rest =
        MatchFields.ANY.with(HeaderField.DEST_PORT, "7").with(HeaderField.PROTOCOL, "17");
    apply(driver, in, intoGraph(), forward(rest, other));
    apply(driver, link("back").base(), forward(MatchFields.ANY, in));
  }

  private SwitchRule intoGraph() {
    MatchFields match =
        MatchFields.ANY.with(HeaderField.DEST_PORT, "6").with(HeaderField.PROTOCOL, "17");
    return forward(match, link("into").base());
  }

  private void makeGraph() {
    LsiPort port = node.plug(driver, GRAPH, function).port();
    apply(driver, link("into").graph(), forward(MatchFields.ANY, port));
    apply(driver, port, forward(MatchFields.ANY, link("back").graph()));
  }

  private VirtualLink link(String name) {
    return driver.connect(GRAPH, name).orThrow();
  }
}
