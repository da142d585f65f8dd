package org.universalnode.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleValue() {
    assertThat(samples(9, 1, 1_000, 3, 5).median()).isEqualTo(5);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(samples(6, 1, 2, 100, 4, 3).median()).isEqualTo(3.5);
  }

  @Test
  void theSpreadIsFromTheLeastToTheGreatest() {
    assertThat(samples(5, 1, 9, 3, 5).min()).isEqualTo(1);
    assertThat(samples(5, 1, 9, 3, 5).max()).isEqualTo(9);
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    Samples ratios = samples(10, 40, 60, 80, 1_000).over(samples(1, 2, 3, 4, 10));
    assertThat(ratios.values()).containsExactly(10.0, 20.0, 20.0, 20.0, 100.0);
  }

  @Test
  void aSlowRoundOfBothDoesNotChangeTheRatio() {
    Samples ratios = samples(20, 20, 20, 20, 2_000).over(samples(2, 2, 2, 2, 200));
    assertThat(ratios.max()).isEqualTo(10);
  }

  @Test
  void fourSamplesAreTooFew() {
    assertThatThrownBy(() -> samples(1, 2, 3, 4)).hasMessageContaining("needs 5 samples");
  }

  @Test
  void whatIsThereOnceIsOneSample() {
    assertThat(Samples.once(7).median()).isEqualTo(7);
    assertThat(Samples.once(7).max()).isEqualTo(7);
  }

  @Test
  void aDivisionByZeroIsRefused() {
    assertThatThrownBy(() -> samples(1, 1, 1, 1, 1).over(samples(1, 1, 0, 1, 1)))
        .hasMessageContaining("finite");
  }

  @Test
  void roundsThatDifferInNumberHaveNoRatio() {
    assertThatThrownBy(() -> samples(1, 1, 1, 1, 1).over(samples(1, 1, 1, 1, 1, 1)))
        .hasMessage("5 rounds over 6 rounds");
  }

  @Test
  void theyDoNotChangeWithTheListTheyWereMadeOf() {
    List<Double> list = new ArrayList<>(List.of(1.0, 2.0, 3.0, 4.0, 5.0));
    Samples samples = new Samples(list);
    list.set(2, 100.0);
    assertThat(samples.median()).isEqualTo(3);
  }

  private static Samples samples(double... values) {
    return new Samples(Arrays.stream(values).boxed().toList());
  }

  @Test
  void theBandOfTheMedianLeavesOutWhatIsRare() {
    assertThat(samplesUpTo(5).band()).containsExactly(1.0, 5.0);
    assertThat(samplesUpTo(7).band()).containsExactly(1.0, 7.0);
    assertThat(samplesUpTo(10).band()).containsExactly(2.0, 9.0);
    assertThat(samplesUpTo(20).band()).containsExactly(6.0, 15.0);
  }

  private static Samples samplesUpTo(int count) {
    return new Samples(IntStream.rangeClosed(1, count).mapToObj(Double::valueOf).toList());
  }
}
