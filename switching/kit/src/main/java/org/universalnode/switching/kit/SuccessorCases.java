package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.switching.kit.TestSwitch.GRAPH;
import static org.universalnode.switching.kit.TestSwitch.forward;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchCounters;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.SwitchState;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.reference.Frame;

/** A node that ends, and one of the same name that begins. */
abstract class SuccessorCases extends ConformanceCases {
  private final LsiPort machine = tested.machinePort();
  private final LsiPort function = tested.functionPort();
  private final VirtualLink link = tested.layout().connect(GRAPH, "a");
  private final LsiPort member = tested.layout().join("shared", "g1/internal");
  private final Map<LsiPort, List<SwitchRule>> tables =
      Map.of(
          machine,
          List.of(forward("up", link.base(), member)),
          link.graph(),
          List.of(forward("in", function)));
  private final Frame frame = frame("udp 10.0.0.1:5 -> 10.0.0.2:6");

  SuccessorCases(SwitchDriverConformance suite) {
    super(suite);
    tested.apply(tables);
  }

  @Test
  void trafficGoesOnWithoutTheNode() {
    tested.nodeEnds();
    tested.expectAgreement(machine, frame, frame);
    tested.nodeBegins();
    tested.expectAgreement(machine, frame, frame);
  }

  @Test
  void theSuccessorFindsAllThatIsThere() {
    SwitchState before = tested.driver().observe().orThrow();
    tested.nodeEnds();
    tested.nodeBegins();
    SwitchState after = tested.driver().observe().orThrow();
    assertThat(after.ports()).containsExactlyInAnyOrderElementsOf(before.ports());
    assertThat(after.tables()).isEqualTo(before.tables());
    assertThat(after.links()).extracting(VirtualLink::base).containsExactly(link.base());
    assertThat(after.links()).extracting(VirtualLink::graph).containsExactly(link.graph());
  }

  @Test
  void whatTheSuccessorAsksForIsWhatIsThere() {
    tested.nodeEnds();
    tested.nodeBegins();
    Attachment wire = tested.layout().wire(function).attachment();
    assertThat(tested.driver().createPort(GRAPH, wire).orThrow().port()).isEqualTo(function);
    assertThat(tested.driver().connect(GRAPH, "a").orThrow().base()).isEqualTo(link.base());
    Attachment same = new Attachment.Group("g1/internal", "shared");
    assertThat(tested.driver().createPort(LsiId.BASE, same).orThrow().port()).isEqualTo(member);
    assertThat(tested.machinePort()).isNotIn(machine, function, member, link.base());
    tested.expectAgreement(machine, frame);
  }

  @Test
  void nothingIsLostWhenTheSuccessorSettles() {
    tested.nodeEnds();
    tested.nodeBegins();
    tested.driver().settle(Set.of(GRAPH)).orThrow();
    tested.expectAgreement(machine, frame, frame);
    tested.driver().settle(Set.of()).orThrow();
    tested.expectAgreement(machine, frame, frame);
  }

  @Test
  void countersGoOn() {
    tested.expectAgreement(machine, frame, frame);
    tested.awaitCounters();
    SwitchCounters before = tested.counters(LsiId.BASE);
    tested.nodeEnds();
    tested.nodeBegins();
    assertThat(tested.counters(LsiId.BASE).ports()).isEqualTo(before.ports());
    tested.apply(tables);
    assertThat(tested.counters(LsiId.BASE)).isEqualTo(before);
    tested.expectAgreement(machine, frame);
    tested.awaitCounters();
    assertThat(tested.counters(LsiId.BASE).rules().values())
        .extracting(SwitchCounters.Count::packets)
        .containsExactly(3L);
  }

  @Test
  void theSuccessorsRulesReplaceTheOldOnes() {
    tested.nodeEnds();
    tested.nodeBegins();
    tested.apply(machine, forward("back", machine));
    tested.expectAgreement(machine, frame);
    tested.apply(Map.of(machine, List.of()));
    tested.expectAgreement(machine, frame);
    assertThat(tested.driver().observe().orThrow().tables()).containsExactly(link.graph());
  }
}
