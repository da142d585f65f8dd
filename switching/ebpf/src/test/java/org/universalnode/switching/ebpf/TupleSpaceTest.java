package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchRule;

class TupleSpaceTest {
  @Test
  void rulesThatLookAtTheSameBitsShareATuple() {
    TupleSpace space =
        TupleSpace.of(
            List.of(
                rule("a", 10, MatchFields.ANY.with(HeaderField.DEST_PORT, "80")),
                rule("b", 20, MatchFields.ANY.with(HeaderField.DEST_PORT, "81")),
                rule("c", 5, MatchFields.ANY.with(HeaderField.PROTOCOL, "6"))));
    assertThat(space.tuples()).hasSize(2);
    assertThat(space.tuples().getFirst().entries()).hasSize(2);
  }

  @Test
  void tuplesComeInTheOrderOfTheirBestRule() {
    TupleSpace space =
        TupleSpace.of(
            List.of(
                rule("a", 1, MatchFields.ANY.with(HeaderField.DEST_PORT, "80")),
                rule("b", 9, MatchFields.ANY.with(HeaderField.PROTOCOL, "6")),
                rule("c", 5, MatchFields.ANY.with(HeaderField.SOURCE_PORT, "7"))));
    assertThat(space.tuples()).extracting(TupleSpace.Tuple::bestRank).isSorted();
    assertThat(space.tuples())
        .flatExtracting(tuple -> tuple.entries().values())
        .extracting(entry -> entry.rule().id())
        .containsExactly("b", "c", "a");
  }

  @Test
  void aRuleThatMatchesEverythingStandsAloneAndEndsTheTable() {
    TupleSpace space =
        TupleSpace.of(
            List.of(
                rule("never", 1, MatchFields.ANY.with(HeaderField.DEST_PORT, "80")),
                rule("all", 2, MatchFields.ANY),
                rule("web", 3, MatchFields.ANY.with(HeaderField.DEST_PORT, "81"))));
    assertThat(space.otherwise().orElseThrow().rule().id()).isEqualTo("all");
    assertThat(space.tuples())
        .singleElement()
        .satisfies(tuple -> assertThat(tuple.entries()).hasSize(1));
  }

  @Test
  void ofTwoRulesWithOneMatchTheDecidingOneIsKept() {
    MatchFields web = MatchFields.ANY.with(HeaderField.DEST_PORT, "80");
    TupleSpace space = TupleSpace.of(List.of(rule("low", 1, web), rule("high", 2, web)));
    assertThat(space.tuples()).hasSize(1);
    assertThat(space.tuples().getFirst().entries().values())
        .singleElement()
        .satisfies(entry -> assertThat(entry.rule().id()).isEqualTo("high"));
  }

  @Test
  void rulesThatStayAreWhatTheyWere() {
    SwitchRule web = rule("web", 9, MatchFields.ANY.with(HeaderField.DEST_PORT, "80"));
    SwitchRule tcp = rule("tcp", 5, MatchFields.ANY.with(HeaderField.PROTOCOL, "6"));
    SwitchRule first = rule("first", 9, MatchFields.ANY.with(HeaderField.DEST_PORT, "81"));
    TupleSpace before = TupleSpace.of(List.of(web, tcp));
    TupleSpace after = before.changedTo(List.of(first, web, tcp)).orElseThrow();
    assertThat(after.entries().get("web")).isSameAs(before.entries().get("web"));
    assertThat(after.entries().get("tcp")).isSameAs(before.entries().get("tcp"));
    assertThat(after.tuples())
        .extracting(TupleSpace.Tuple::id)
        .isEqualTo(before.tuples().stream().map(TupleSpace.Tuple::id).toList());
  }

  @Test
  void aMaskThatComesBackIsAnotherTuple() {
    SwitchRule web = rule("web", 9, MatchFields.ANY.with(HeaderField.DEST_PORT, "80"));
    TupleSpace before = TupleSpace.of(List.of(web));
    TupleSpace after =
        before.changedTo(List.of()).orElseThrow().changedTo(List.of(web)).orElseThrow();
    assertThat(after.tuples().getFirst().id()).isNotEqualTo(before.tuples().getFirst().id());
  }

  @Test
  void tooManyCombinationsOfFieldsAreRefusedByName() {
    List<SwitchRule> rules =
        IntStream.rangeClosed(1, 33)
            .mapToObj(length -> rule("r" + length, 1, prefix("2001:db8::/" + length)))
            .toList();
    assertThatThrownBy(() -> TupleSpace.of(rules)).hasMessageContaining("at most 32");
  }

  @Test
  void aRuleThatDoesTooManyThingsIsRefusedByName() {
    List<Integer> outputs = IntStream.rangeClosed(1, 65).boxed().toList();
    SwitchRule rule = new SwitchRule("g1/r", 1, MatchFields.ANY, RuleAction.outputs(outputs));
    assertThatThrownBy(() -> Operations.of(rule))
        .hasMessageContaining("g1/r")
        .hasMessageContaining("64");
  }

  private static MatchFields prefix(String text) {
    return MatchFields.ANY.with(HeaderField.IPV6_DEST, text);
  }

  private static SwitchRule rule(String id, int priority, MatchFields match) {
    return new SwitchRule(id, priority, match, RuleAction.outputs(List.of(1)));
  }
}
