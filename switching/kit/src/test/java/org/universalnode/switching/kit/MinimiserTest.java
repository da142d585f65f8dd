package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Departure;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.Walk;

class MinimiserTest {
  private static final LsiPort ONE = new LsiPort(LsiId.BASE, 1);
  private static final LsiPort TWO = new LsiPort(LsiId.BASE, 2);
  private static final RuleAction<Integer> CULPRIT = new RuleAction.PushVlan<>(7);

  @Test
  void whatIsNotNeededIsLeftOut() {
    Round round = new Round(1, Map.of(ONE, rules("a"), TWO, rules("b")), arrivals(6));
    Disagreement least = new Minimiser(MinimiserTest::run).minimise(run(round).orElseThrow());
    assertThat(least.round().tables().get(ONE)).isEmpty();
    assertThat(least.round().tables().get(TWO))
        .singleElement()
        .satisfies(rule -> assertThat(rule.actions()).containsExactly(CULPRIT));
    assertThat(least.round().arrivals()).isEqualTo(List.of(arrival(2), arrival(5)));
  }

  @Test
  void whatDoesNotHappenAgainIsReportedWhole() {
    Round round = new Round(1, Map.of(ONE, rules("a")), arrivals(3));
    Disagreement once = new Disagreement(round, walk(), "a way", "odd");
    assertThat(new Minimiser(any -> Optional.empty()).minimise(once)).isEqualTo(once);
    assertThat(once.toString()).contains("seed 1", "push 7", arrival(2).frame().toString());
  }

  /** Wrong if the rules of the second port push, and the third frame came before the last. */
  private static Optional<Disagreement> run(Round round) {
    boolean wrong =
        round.tables().getOrDefault(TWO, List.of()).stream()
                .anyMatch(rule -> rule.actions().contains(CULPRIT))
            && round.arrivals().contains(arrival(2))
            && round.arrivals().getLast().equals(arrival(5));
    return wrong ? Optional.of(new Disagreement(round, walk(), "a way", "odd")) : Optional.empty();
  }

  private static List<SwitchRule> rules(String id) {
    RuleAction<Integer> output = new RuleAction.Output<>(2);
    return List.of(
        new SwitchRule(id + "1", 1, MatchFields.ANY, List.of(output, output)),
        new SwitchRule(id + "2", 1, MatchFields.ANY, List.of(output, CULPRIT, output)));
  }

  private static List<Departure<LsiPort>> arrivals(int count) {
    return IntStream.range(0, count).mapToObj(MinimiserTest::arrival).toList();
  }

  private static Departure<LsiPort> arrival(int number) {
    byte[] bytes = new byte[20];
    bytes[19] = (byte) number;
    return new Departure<>(ONE, Frame.of(bytes));
  }

  private static Walk<LsiPort> walk() {
    return new Walk<>(List.of(), List.of(), false);
  }
}
