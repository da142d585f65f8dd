package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.Ipv4Prefix;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.SwitchRule;

class TupleSpaceTest {
  @Test
  void rulesThatLookAtTheSameBitsShareATuple() {
    TupleSpace space =
        TupleSpace.of(
            List.of(
                rule("a", 10, MatchFields.ANY.withDestPort(80)),
                rule("b", 20, MatchFields.ANY.withDestPort(81)),
                rule("c", 5, MatchFields.ANY)));
    assertThat(space.tuples()).hasSize(2);
    assertThat(space.tuples().getFirst().entries()).hasSize(2);
  }

  @Test
  void tuplesComeInTheOrderOfTheirBestRule() {
    TupleSpace space =
        TupleSpace.of(
            List.of(
                rule("a", 1, MatchFields.ANY.withDestPort(80)),
                rule("b", 9, MatchFields.ANY),
                rule("c", 5, MatchFields.ANY.withSourcePort(7))));
    assertThat(space.tuples()).extracting(TupleSpace.Tuple::bestRank).containsExactly(0, 1, 2);
  }

  @Test
  void ofTwoRulesWithOneMatchTheDecidingOneIsKept() {
    TupleSpace space =
        TupleSpace.of(List.of(rule("low", 1, MatchFields.ANY), rule("high", 2, MatchFields.ANY)));
    assertThat(space.tuples()).hasSize(1);
    assertThat(space.tuples().getFirst().entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.rank()).isZero());
  }

  @Test
  void tooManyCombinationsOfFieldsAreRefusedByName() {
    List<SwitchRule> rules =
        IntStream.rangeClosed(0, 32)
            .mapToObj(length -> rule("r" + length, 1, prefix("10.0.0.0/" + length)))
            .toList();
    assertThatThrownBy(() -> TupleSpace.of(rules)).hasMessageContaining("at most 32");
  }

  @Test
  void tooManyOutputsAreRefusedByRule() {
    List<Integer> outputs = IntStream.rangeClosed(1, 17).boxed().toList();
    SwitchRule rule = new SwitchRule("g1/r", 1, MatchFields.ANY, outputs);
    assertThatThrownBy(() -> TupleSpace.of(List.of(rule)))
        .hasMessageContaining("g1/r")
        .hasMessageContaining("17");
  }

  private static MatchFields prefix(String text) {
    return MatchFields.ANY.withDestIp(Ipv4Prefix.parse(text));
  }

  private static SwitchRule rule(String id, int priority, MatchFields match) {
    return new SwitchRule(id, priority, match, List.of(1));
  }
}
