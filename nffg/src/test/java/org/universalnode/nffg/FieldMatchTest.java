package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldMatchTest {
  private static final int WIDTH = 3;

  @Test
  void coversAndOverlapsAreWhatTryingAllValuesSays() {
    List<FieldMatch> all = all();
    assertThat(all).hasSize(27);
    for (FieldMatch one : all) {
      for (FieldMatch two : all) {
        assertThat(one.covers(two))
            .as("%s covers %s", one, two)
            .isEqualTo(values().allMatch(v -> !matches(two, v) || matches(one, v)));
        assertThat(one.overlaps(two))
            .as("%s overlaps %s", one, two)
            .isEqualTo(values().anyMatch(v -> matches(two, v) && matches(one, v)));
      }
    }
  }

  @Test
  void ofSeveralFieldsTooCoversAndOverlapsAreWhatTryingAllValuesSays() {
    List<MatchFields> all = allOfTwoFields();
    for (MatchFields one : all) {
      for (MatchFields two : all) {
        assertThat(one.covers(two))
            .as("%s covers %s", one, two)
            .isEqualTo(pairs().allMatch(v -> !matches(two, v) || matches(one, v)));
        assertThat(one.overlaps(two))
            .as("%s overlaps %s", one, two)
            .isEqualTo(pairs().anyMatch(v -> matches(two, v) && matches(one, v)));
      }
    }
  }

  @Test
  void aFieldThatIsThereIsLessThanAnyFrame() {
    MatchFields tagged = MatchFields.ANY.with(HeaderField.VLAN, FieldMatch.TAGGED);

    assertThat(MatchFields.ANY.covers(tagged)).isTrue();
    assertThat(tagged.covers(MatchFields.ANY)).isFalse();
    assertThat(tagged.overlaps(MatchFields.ANY)).isTrue();
  }

  @Test
  void bitsThatDoNotCountAreZero() {
    assertThat(new FieldMatch(Bits.of(0xff), Bits.of(0xf0)).value()).isEqualTo(Bits.of(0xf0));
  }

  @Test
  void aTagIsABitMoreThanItsId() {
    assertThat(FieldMatch.TAGGED.covers(FieldMatch.vlan(5))).isTrue();
    assertThat(FieldMatch.TAGGED.overlaps(FieldMatch.UNTAGGED)).isFalse();
    assertThat(FieldMatch.UNTAGGED.covers(FieldMatch.vlan(5))).isFalse();
    assertThat(FieldMatch.vlan(5).covers(FieldMatch.TAGGED)).isFalse();
    assertThatThrownBy(() -> FieldMatch.vlan(0x2000)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addressesAreMatchesToo() {
    FieldMatch prefix = FieldMatch.of(Ipv4Prefix.parse("10.1.2.3/8"));

    assertThat(prefix).isEqualTo(HeaderField.IPV4_SOURCE.parse("10.0.0.0/8"));
    assertThat(prefix.matches(Bits.of(0x0affffffL))).isTrue();
    assertThat(prefix.matches(Bits.of(0x0bffffffL))).isFalse();
    assertThat(FieldMatch.of(MacAddress.parse("02:00:00:00:00:01")))
        .isEqualTo(HeaderField.DEST_MAC.parse("02:00:00:00:00:01"));
  }

  /** Every value under every mask, of three bits. */
  private static List<FieldMatch> all() {
    return values()
        .boxed()
        .flatMap(m -> values().mapToObj(v -> new FieldMatch(Bits.of(v), Bits.of(m))))
        .distinct()
        .toList();
  }

  /** Of two fields of two bits, each asked for in every way or not at all. */
  private static List<MatchFields> allOfTwoFields() {
    List<Map<HeaderField, FieldMatch>> matches = new ArrayList<>(List.of(Map.of()));
    for (HeaderField field : List.of(HeaderField.IP_ECN, HeaderField.VLAN_PRIORITY)) {
      for (Map<HeaderField, FieldMatch> one : List.copyOf(matches)) {
        for (FieldMatch match : all()) {
          if (Bits.ones(2).contains(match.mask())) {
            Map<HeaderField, FieldMatch> more = new HashMap<>(one);
            more.put(field, match);
            matches.add(more);
          }
        }
      }
    }
    return matches.stream().map(MatchFields::new).toList();
  }

  private static boolean matches(FieldMatch match, int value) {
    return match.matches(Bits.of(value));
  }

  /** Two bits of each field in one number, and whether the frame lacks the first or the second. */
  private static boolean matches(MatchFields match, int values) {
    boolean first =
        match
            .get(HeaderField.IP_ECN)
            .map(f -> (values & 16) == 0 && matches(f, values & 3))
            .orElse(true);
    boolean second =
        match
            .get(HeaderField.VLAN_PRIORITY)
            .map(f -> (values & 32) == 0 && matches(f, values >> 2 & 3))
            .orElse(true);
    return first && second;
  }

  private static IntStream values() {
    return IntStream.range(0, 1 << WIDTH);
  }

  private static IntStream pairs() {
    return IntStream.range(0, 64);
  }
}
