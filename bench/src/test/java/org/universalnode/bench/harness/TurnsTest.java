package org.universalnode.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TurnsTest {
  @Test
  void probesAreAskedInTurns() {
    List<String> asked = new ArrayList<>();
    new Turns(1, 5).take(List.of(probe("A", asked), probe("B", asked)));
    assertThat(String.join("", asked)).isEqualTo("ABABABABABAB");
  }

  @Test
  void roundsOfWarmUpDoNotCount() {
    List<String> asked = new ArrayList<>();
    List<Samples> taken = new Turns(2, 5).take(List.of(probe("A", asked), probe("B", asked)));
    assertThat(taken.getFirst().values()).containsExactly(4.0, 6.0, 8.0, 10.0, 12.0);
    assertThat(taken.getLast().values()).containsExactly(5.0, 7.0, 9.0, 11.0, 13.0);
  }

  @Test
  void readingsComeByRound() {
    AtomicInteger asked = new AtomicInteger();
    Supplier<String> one = () -> "one " + asked.getAndIncrement();
    Supplier<String> other = () -> "other " + asked.getAndIncrement();
    assertThat(new Turns(1, 5).readings(List.of(one, other)).getLast())
        .containsExactly("other 3", "other 5", "other 7", "other 9", "other 11");
  }

  @Test
  void fewerThanFiveRoundsAreRefused() {
    assertThatThrownBy(() -> new Turns(3, 4)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Its sample is how many were asked before it. */
  private static Probe probe(String name, List<String> asked) {
    return () -> {
      asked.add(name);
      return asked.size() - 1;
    };
  }
}
