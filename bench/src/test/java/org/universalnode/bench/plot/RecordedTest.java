package org.universalnode.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RecordedTest {
  private static final String FIRST =
      """
      {"figures":[
        {"name":"time","unit":"ms","median":20,"min":10,"max":40,"at-most":10},
        {"name":"rate","unit":"1/s","median":20,"min":10,"max":40,"at-least":40},
        {"name":"lost","unit":"","median":0,"min":0,"max":0,"at-most":0},
        {"name":"size","unit":"MB","median":7,"min":7,"max":7}]}
      """;

  @Test
  void ofSeveralRunsTheLastOneCounts() {
    String second = FIRST.replace("\"median\":7", "\"median\":8");
    Recorded run = Recorded.read(List.of(FIRST, second));
    assertThat(run.bar("size").orElseThrow().value()).isEqualTo(8);
    assertThat(run.unit("size")).isEqualTo("MB");
    assertThat(run.bar("nothing")).isEmpty();
  }

  @Test
  void whatIsWorseThanItsBudgetUsesMoreThanOfIt() {
    assertThat(Recorded.read(List.of(FIRST)).shares())
        .containsExactly(
            new Bar("time", 2, new Bar.Spread(1, 4), OptionalDouble.of(1)),
            new Bar("rate", 2, new Bar.Spread(1, 4), OptionalDouble.of(1)));
  }
}
