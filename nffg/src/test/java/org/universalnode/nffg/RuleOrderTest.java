package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.json.Checked;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;

class RuleOrderTest {
  private static final String RULES = "/forwarding-graph/big-switch/flow-rules/";
  private static final List<String> LENGTHS = List.of("", "/30", "/31", "/0");

  @Test
  void aRuleThatNeverDecidesIsAWarningAtItsPriority() {
    Checked<ServiceGraph> checked =
        GraphReader.check(
            SampleGraphs.text("bridge.json")
                .replace(
                    "{\"id\": \"4\", \"priority\": 1, \"match\": {\"port_in\": \"endpoint:2\"}",
                    "{\"id\": \"4\", \"priority\": 0, \"match\": {\"port_in\": \"endpoint:1\","
                        + " \"source_ip\": \"10.0.0.0/8\"}"));

    assertThat(checked.value()).isPresent();
    assertThat(checked.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            RULES
                + "3/priority: line 14, column 33: rule 4 never decides: rule 1 has the higher"
                + " priority 1 and matches all its frames (remove it or raise its priority)");
  }

  /** Few values, so that rules often hide one another; tried pair by pair. */
  @Test
  void theRulesThatNeverDecideAreThoseThatOneOtherCovers() {
    long first = System.nanoTime();
    int hidden = 0;
    for (long seed = first; seed < first + 200; seed++) {
      List<FlowRule> rules = rules(new Draw(seed));
      List<String> expected = hidden(rules);

      Checked<ServiceGraph> checked = GraphReader.check(text(rules));

      assertThat(checked.errors()).as("seed %d", seed).isEmpty();
      assertThat(checked.warnings())
          .as("seed %d", seed)
          .extracting(Problem::pointer)
          .containsExactlyElementsOf(expected);
      hidden += expected.size();
    }
    assertThat(hidden).isGreaterThan(200);
  }

  private static List<String> hidden(List<FlowRule> rules) {
    return IntStream.range(0, rules.size())
        .filter(i -> rules.stream().anyMatch(other -> hides(other, rules.get(i))))
        .mapToObj(i -> RULES + i + "/priority")
        .toList();
  }

  private static boolean hides(FlowRule one, FlowRule other) {
    return one.priority() > other.priority()
        && one.match().portIn().equals(other.match().portIn())
        && one.match()
            .fields()
            .withPrerequisites()
            .covers(other.match().fields().withPrerequisites());
  }

  private static List<FlowRule> rules(Draw draw) {
    List<Integer> priorities = new ArrayList<>(IntStream.range(0, 10).boxed().toList());
    Collections.shuffle(priorities, new Random(draw.bits(32)));
    return priorities.stream().map(priority -> rule(priority, draw)).toList();
  }

  private static FlowRule rule(int priority, Draw draw) {
    MatchFields fields = MatchFields.ANY;
    if (draw.flip()) {
      fields = fields.with(HeaderField.IPV4_SOURCE, "10.0.0." + draw.upTo(3) + draw.any(LENGTHS));
    }
    if (draw.flip()) {
      fields = fields.with(HeaderField.VLAN, draw.any(List.of("ANY", "1", "NO_VLAN")));
    }
    if (draw.flip()) {
      fields = fields.with(HeaderField.PROTOCOL, draw.any(List.of("6", "17")));
    }
    PortRef port = new PortRef.OfEndPoint(draw.any(List.of("a", "b")));
    return new FlowRule(
        "r" + priority,
        priority,
        "",
        new Match(port, fields),
        List.of(new Action.Output(new PortRef.OfEndPoint("a"))));
  }

  private static String text(List<FlowRule> rules) {
    List<EndPoint> endPoints =
        List.of(EndPoint.atInterface("a", "eth0"), EndPoint.atInterface("b", "eth1"));
    return GraphWriter.write(new ServiceGraph("", "", List.of(), endPoints, rules));
  }

  @Test
  void otherThingsThatAreProbablyNotMeantAreWarningsToo() {
    Checked<ServiceGraph> checked =
        GraphReader.check(
            SampleGraphs.text("bridge.json")
                .replace(
                    "\"type\": \"interface\", \"interface\": {\"if-name\": \"lan0\"}",
                    "\"name\": \"x\"")
                .replace(
                    "[{\"output_to_port\": \"endpoint:2\"}]",
                    "[{\"output_to_port\": \"endpoint:2\"}, {\"push_vlan\": \"1\"}]")
                .replace(
                    "\"port_in\": \"endpoint:2\"",
                    "\"port_in\": \"endpoint:2\", \"hard_timeout\": \"1\""));

    assertThat(checked.value()).isPresent();
    assertThat(checked.warnings())
        .extracting(problem -> problem.at(Place.UNKNOWN).toString())
        .containsExactly(
            "/forwarding-graph/end-points/0/type: the end-point is attached to nothing yet"
                + " (add a type)",
            RULES + "2/actions: what comes after the last output has no effect (move it up)",
            RULES
                + "3/match/hard_timeout: it has no effect: rules stay until the graph changes"
                + " (remove it)");
  }

  @Test
  void manyRulesOfManyKindsAreReadInTime() {
    Draw draw = new Draw(1);
    PortRef port = new PortRef.OfEndPoint("a");
    List<FlowRule> rules =
        IntStream.range(0, ServiceGraph.MOST_RULES)
            .mapToObj(
                i ->
                    new FlowRule(
                        "r" + i,
                        i,
                        "",
                        new Match(
                            port,
                            MatchFields.ANY.with(
                                HeaderField.SOURCE_MAC,
                                new FieldMatch(Bits.of(1), draw.wideBits(48)))),
                        List.of(new Action.Output(port))))
            .toList();
    String text = text(rules);

    assertThat(assertTimeout(Duration.ofSeconds(20), () -> GraphReader.check(text).value()))
        .isPresent();
  }
}
