package org.universalnode.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Budget AT_MOST_TEN = new Budget.AtMost(10);
  private static final Budget AT_LEAST_TEN = new Budget.AtLeast(10);

  @Test
  void aRatioAtItsLimitIsMet() {
    assertThat(verdict(Figure.ratio("r", AT_MOST_TEN), 10)).isEqualTo(Verdict.MET);
    assertThat(verdict(Figure.ratio("r", AT_LEAST_TEN), 10)).isEqualTo(Verdict.MET);
  }

  @Test
  void aRatioBeyondItsLimitIsMissed() {
    assertThat(verdict(Figure.ratio("r", AT_MOST_TEN), 10.01)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(Figure.ratio("r", AT_LEAST_TEN), 9.99)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void aCountMayBeMissed() {
    Figure lost = Figure.count("lost", "packets", new Budget.AtMost(0));
    assertThat(verdict(lost, 0)).isEqualTo(Verdict.MET);
    assertThat(verdict(lost, 1)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void anAbsoluteFigureIsNeverMissed() {
    assertThat(verdict(Figure.absolute("t", "ms", AT_MOST_TEN), 1_000)).isEqualTo(Verdict.OVER);
    assertThat(verdict(Figure.absolute("t", "ms", AT_MOST_TEN), 9)).isEqualTo(Verdict.MET);
  }

  @Test
  void aRatioWhoseSamplesScatterAroundItsLimitIsNotMissed() {
    Figure ratio = Figure.ratio("r", AT_LEAST_TEN);
    Samples scattered = new Samples(List.of(8.0, 9.0, 9.5, 10.5, 9.1));
    assertThat(new Measurement(ratio, scattered).verdict()).isEqualTo(Verdict.NOISE);
    Samples oneOfMany = new Samples(List.of(8.0, 9.0, 9.5, 10.5, 9.1, 8.0, 8.5, 8.2, 8.8));
    assertThat(new Measurement(ratio, oneOfMany).verdict()).isEqualTo(Verdict.MISSED);
  }

  @Test
  void withoutABudgetThereIsNothingToMiss() {
    assertThat(verdict(Figure.ratio("r", new Budget.None()), 1e9)).isEqualTo(Verdict.REPORT);
  }

  private static Verdict verdict(Figure figure, double value) {
    Samples samples = new Samples(Collections.nCopies(Samples.FEWEST, value));
    return new Measurement(figure, samples).verdict();
  }
}
