package org.universalnode.switching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;

class OverlapTest {
  private static final PortName WIRE = new PortName.Physical("eth0");

  @Test
  void rulesOfDifferentVlansDoNotMeet() {
    assertThat(between(List.of(vlan("a", "25")), List.of(vlan("b", "26")))).isEmpty();
  }

  @Test
  void aRuleForEverythingMeetsEveryOther() {
    assertThat(between(List.of(vlan("a", "25")), List.of(rule("b", MatchFields.ANY))))
        .containsOnlyKeys("a");
  }

  @Test
  void prefixesMeetIfOneHoldsTheOther() {
    assertThat(between(List.of(to("a", "10.0.0.0/8")), List.of(to("b", "10.1.0.0/16"))))
        .containsOnlyKeys("a");
    assertThat(between(List.of(to("a", "10.0.0.0/16")), List.of(to("b", "10.1.0.0/16")))).isEmpty();
  }

  @Test
  void generatedSetsMeetWhereSomePairDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<SteeringRule> some = drawn(random, "a");
      List<SteeringRule> others = drawn(random, "b");
      Set<String> expected =
          some.stream()
              .filter(r -> others.stream().anyMatch(o -> o.match().overlaps(r.match())))
              .map(SteeringRule::id)
              .collect(Collectors.toSet());
      assertThat(between(some, others).keySet()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void whatAnOwnerRemovesMeetsNothing() {
    List<SteeringRule> others = List.of(vlan("b", "25"), rule("c", MatchFields.ANY));
    Overlap overlap = new Overlap();
    overlap.add("other", others);
    overlap.add("third", List.of(vlan("d", "26")));
    overlap.remove("other", others);
    assertThat(overlap.with("one", List.of(vlan("a", "25")))).isEmpty();
    assertThat(overlap.with("one", List.of(vlan("a", "26")))).containsOnlyKeys("a");
  }

  @Test
  void rulesOfOneOwnerMayMeet() {
    Overlap overlap = new Overlap();
    overlap.add("one", List.of(vlan("a", "25")));
    overlap.add("other", List.of(vlan("b", "25")));
    assertThat(overlap.with("one", List.of(vlan("a", "25")))).containsEntry("a", vlan("b", "25"));
    overlap.remove("other", List.of(vlan("b", "25")));
    assertThat(overlap.with("one", List.of(vlan("a", "25")))).isEmpty();
  }

  @Test
  @Timeout(10)
  void largeSetsOfTwoKindsTakeNoLongTime() {
    Overlap overlap = new Overlap();
    List<SteeringRule> some = new ArrayList<>();
    List<SteeringRule> others = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String address = "10.0." + i / 250 + "." + i % 250;
      some.add(rule("a" + i, vlan("", "1").match().with(HeaderField.IPV4_DEST, address)));
      others.add(rule("b" + i, vlan("", "2").match().with(HeaderField.DEST_PORT, "" + (i + 1))));
    }
    overlap.add("other", others);
    assertThat(overlap.with("one", some)).isEmpty();
    overlap.remove("other", others);
    assertThat(overlap.isEmpty()).isTrue();
  }

  private static Map<String, SteeringRule> between(
      List<SteeringRule> some, List<SteeringRule> others) {
    Overlap overlap = new Overlap();
    overlap.add("other", others);
    return overlap.with("one", some);
  }

  /** Two fields of which three bits are used, so that many meet and many do not. */
  private static List<SteeringRule> drawn(Random random, String name) {
    List<SteeringRule> rules = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      MatchFields match = MatchFields.ANY;
      for (HeaderField field : List.of(HeaderField.SOURCE_PORT, HeaderField.DEST_PORT)) {
        Bits mask = Bits.of(random.nextInt(8));
        match = match.with(field, new FieldMatch(Bits.of(random.nextInt(8)), mask));
      }
      rules.add(rule(name + i, match));
    }
    return rules;
  }

  private static SteeringRule vlan(String id, String vlan) {
    return rule(id, MatchFields.ANY.with(HeaderField.VLAN, vlan));
  }

  private static SteeringRule to(String id, String prefix) {
    return rule(id, MatchFields.ANY.with(HeaderField.IPV4_DEST, prefix));
  }

  private static SteeringRule rule(String id, MatchFields match) {
    return new SteeringRule(id, 1, WIRE, match, List.of());
  }
}
