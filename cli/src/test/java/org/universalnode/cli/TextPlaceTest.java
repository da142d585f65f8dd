package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.universalnode.problem.Place;

class TextPlaceTest {

  @Test
  void linesAndColumnsCountFromOne() {
    assertThat(TextPlace.of("", 0)).isEqualTo(new Place(1, 1));
    assertThat(TextPlace.of("ab\ncd", 1)).isEqualTo(new Place(1, 2));
    assertThat(TextPlace.of("ab\ncd", 2)).isEqualTo(new Place(1, 3));
    assertThat(TextPlace.of("ab\ncd", 3)).isEqualTo(new Place(2, 1));
    assertThat(TextPlace.of("ab\n\n", 4)).isEqualTo(new Place(3, 1));
  }

  @Test
  void aCharacterOutsideTheBasicPlaneIsOneColumn() {
    assertThat(TextPlace.of("\ud83d\ude00x", 2)).isEqualTo(new Place(1, 2));
  }

  @Test
  void aDifferenceIsWhereTheTextsPart() {
    assertThat(TextPlace.ofDifference("a\nbc", "a\nbd")).isEqualTo(new Place(2, 2));
    assertThat(TextPlace.ofDifference("a\n", "a\nb")).isEqualTo(new Place(2, 1));
    assertThat(TextPlace.ofDifference("ab", "a")).isEqualTo(new Place(1, 2));
  }
}
