package org.universalnode.bench.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.bench.lab.Station;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.GraphReader;

class RuleSetTest {
  private static final Station STATION = new Station(NetworkNamespace.named("s"), "10.0.0.1");
  private static final Plugged PLUGGED = new Plugged(new Ends(STATION, STATION), "lan0", "wan0");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32})
  void theRulesBeforeTheLastHaveThatManyMasksAndNoTwoMatchTheSame(int masks) {
    List<FlowRule> rules = read(new RuleSet(100 * masks + 1, masks, false));
    assertThat(rules).hasSize(100 * masks + 1);
    List<FlowRule> others = rules.subList(1, rules.size());
    assertThat(others.stream().map(RuleSetTest::mask).distinct()).hasSize(masks);
    assertThat(others).extracting(FlowRule::match).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLastRuleTakesEverything(boolean wide) {
    List<FlowRule> rules = read(new RuleSet(2, 1, wide));
    assertThat(rules.getFirst().match().fields().fields()).isEmpty();
    assertThat(rules.getFirst().priority()).isLessThan(rules.getLast().priority());
  }

  private static List<String> mask(FlowRule rule) {
    return rule.match().fields().fields().entrySet().stream()
        .map(field -> field.getKey() + "/" + field.getValue().mask())
        .sorted()
        .toList();
  }

  private static List<FlowRule> read(RuleSet set) {
    return GraphReader.read(set.graph(PLUGGED)).rules();
  }
}
