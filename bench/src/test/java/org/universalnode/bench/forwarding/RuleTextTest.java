package org.universalnode.bench.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.bench.lab.Station;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.MatchFields;

class RuleTextTest {
  private static final Station STATION = new Station(NetworkNamespace.named("s"), "10.0.0.1");
  private static final Plugged PLUGGED = new Plugged(new Ends(STATION, STATION), "lan0", "wan0");

  @Test
  void theLargestNumberIsReadAndAllRulesAreOfOnePort() {
    List<FlowRule> rules = GraphReader.read(RuleText.of(PLUGGED, 10_000)).rules();
    assertThat(rules).hasSize(10_000);
    assertThat(rules)
        .extracting(rule -> rule.match().portIn().toString())
        .containsOnly("endpoint:lan");
  }

  @Test
  void theRuleThatTakesEverythingComesLast() {
    List<FlowRule> rules = GraphReader.read(RuleText.of(PLUGGED, 100)).rules();
    assertThat(rules.getFirst().match().fields()).isEqualTo(MatchFields.ANY);
    assertThat(rules.subList(1, 100)).allSatisfy(rule -> assertThat(rule.priority()).isEqualTo(2));
    assertThat(rules.getFirst().priority()).isEqualTo(1);
  }

  @Test
  void theOthersAreOfFourMasks() {
    List<FlowRule> rules = GraphReader.read(RuleText.of(PLUGGED, 10_000)).rules();
    assertThat(
            rules.stream()
                .map(
                    rule ->
                        rule.match().fields().fields().entrySet().stream()
                            .map(field -> field.getKey() + "/" + field.getValue().mask())
                            .sorted()
                            .toList())
                .distinct())
        .hasSize(5);
  }
}
