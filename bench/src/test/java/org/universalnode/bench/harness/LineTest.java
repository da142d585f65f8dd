package org.universalnode.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {
  private static final Samples SAMPLES = new Samples(List.of(9.876543, 1.0, 12.34567, 10.0, 2e7));

  @Test
  void aLineHasMedianSpreadBudgetAndVerdict() {
    Figure figure = Figure.ratio("growth", new Budget.AtMost(9.5));
    assertThat(cells(figure, SAMPLES))
        .containsExactly("growth", "10", "1..20000000", "<=", "9.5", "noise");
  }

  @Test
  void aLineWithoutBudgetIsAReport() {
    assertThat(cells(Figure.absolute("start", "ms"), SAMPLES))
        .containsExactly("start", "10", "ms", "1..20000000", "-", "report");
  }

  @Test
  void numbersHaveFourDigits() {
    Samples samples = new Samples(List.of(0.000123456, 12.34567, 98.7654, 123_456.7, 1e9));
    assertThat(cells(Figure.absolute("x", "s", new Budget.AtLeast(0)), samples))
        .containsExactly("x", "98.77", "s", "0.0001235..1000000000", ">=", "0", "met");
  }

  @Test
  void columnsStandBelowOneAnother() {
    String line = Line.of(new Measurement(Figure.absolute("start", "ms"), SAMPLES)).toString();
    assertThat(line.indexOf("report")).isEqualTo(Line.HEADER.toString().indexOf("verdict"));
  }

  private static List<String> cells(Figure figure, Samples samples) {
    return List.of(Line.of(new Measurement(figure, samples)).toString().split(" +"));
  }
}
