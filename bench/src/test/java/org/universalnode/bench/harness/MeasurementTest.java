package org.universalnode.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final Samples SAMPLES = new Samples(List.of(0.0, 0.0, 1.0, 0.0, 0.0));

  @Test
  void aLossInOneRoundOfManyMissesABudgetOfNone() {
    Measurement lost = new Measurement(Figure.count("lost", "", new Budget.AtMost(0)), SAMPLES);
    assertThat(lost.value()).isEqualTo(1);
    assertThat(lost.verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void theValueOfATimeIsTheMedian() {
    assertThat(new Measurement(Figure.absolute("time", "ms"), SAMPLES).value()).isZero();
  }

  @Test
  void aRatioOfOneSampleIsRefused() {
    Figure ratio = Figure.ratio("growth", new Budget.None());
    assertThatThrownBy(() -> new Measurement(ratio, Samples.once(1)))
        .hasMessage("one sample is too few for growth");
  }
}
