package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.switching.kit.TestSwitch.GRAPH;
import static org.universalnode.switching.kit.TestSwitch.forward;
import static org.universalnode.switching.kit.TestSwitch.outputs;
import static org.universalnode.switching.kit.TestSwitch.rule;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchCounters.Count;
import org.universalnode.switching.SwitchCounters.Traffic;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.reference.Frame;

/** What counters say. */
abstract class CounterCases extends ConformanceCases {
  private static final int FRAMES = 20;

  CounterCases(SwitchDriverConformance suite) {
    super(suite);
  }

  @Test
  void everyFrameCountsAtItsRuleAndAtAllPortsOnItsWay() {
    LsiPort in = tested.machinePort();
    LsiPort out = tested.functionPort();
    VirtualLink link = tested.layout().connect(GRAPH, "a");
    tested.apply(
        Map.of(in, List.of(forward("up", link.base())), link.graph(), List.of(forward("i", out))));
    Count all = send(in);
    tested.awaitCounters();
    assertThat(tested.counters(LsiId.BASE).rules()).isEqualTo(Map.of("up", all));
    assertThat(tested.counters(GRAPH).rules()).isEqualTo(Map.of("i", all));
    assertThat(traffic(in)).isEqualTo(new Traffic(all, Count.NONE, Count.NONE));
    assertThat(traffic(link.base())).isEqualTo(new Traffic(Count.NONE, all, Count.NONE));
    assertThat(traffic(link.graph())).isEqualTo(new Traffic(all, Count.NONE, Count.NONE));
    assertThat(traffic(out)).isEqualTo(new Traffic(Count.NONE, all, Count.NONE));
  }

  @Test
  void whatNoRuleMatchesCountsAsDropped() {
    LsiPort in = tested.machinePort();
    LsiPort out = tested.machinePort();
    MatchFields tcp = MatchFields.ANY.with(HeaderField.PROTOCOL, "6");
    tested.apply(in, rule("tcp", 1, tcp, outputs(out)));
    Count all = send(in);
    tested.awaitCounters();
    assertThat(traffic(in)).isEqualTo(new Traffic(all, Count.NONE, all));
    assertThat(tested.counters(LsiId.BASE).rules()).isEqualTo(Map.of("tcp", Count.NONE));
  }

  @Test
  void aRuleThatIsReplacedByOneOfItsNameCountsOn() {
    LsiPort in = tested.machinePort();
    LsiPort out = tested.machinePort();
    MatchFields tcp = MatchFields.ANY.with(HeaderField.PROTOCOL, "6");
    tested.apply(in, forward("all", out), rule("gone", 2, tcp, outputs(out)));
    Count once = send(in);
    tested.apply(in, forward("all", in), rule("another", 2, tcp, outputs(out)));
    Count twice = once.plus(send(in));
    tested.awaitCounters();
    assertThat(tested.counters(LsiId.BASE).rules())
        .isEqualTo(Map.of("all", twice, "another", Count.NONE));
  }

  @Test
  void anLsiThatIsNotThereHasNoCounters() {
    assertThat(tested.counters(new LsiId(99)).rules()).isEmpty();
    assertThat(tested.counters(new LsiId(99)).ports()).isEmpty();
  }

  private Count send(LsiPort in) {
    Frame frame = frame("udp 10.0.0.1:5 -> 10.0.0.2:6");
    for (int i = 0; i < FRAMES; i++) {
      tested.expectAgreement(in, frame);
    }
    return new Count(FRAMES, (long) FRAMES * frame.size());
  }

  private Traffic traffic(LsiPort port) {
    Traffic none = new Traffic(Count.NONE, Count.NONE, Count.NONE);
    return tested.counters(port.lsi()).ports().getOrDefault(port.number(), none);
  }
}
