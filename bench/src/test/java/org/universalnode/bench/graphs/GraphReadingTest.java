package org.universalnode.bench.graphs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Turns;

class GraphReadingTest {
  @Test
  void everyFigureIsMeasured() {
    GraphReading subject = new GraphReading(new Turns(1, 5), 400);
    List<Measurement> measured = subject.measure();
    assertThat(measured).extracting(Measurement::figure).isEqualTo(subject.figures());
    assertThat(measured).allSatisfy(m -> assertThat(m.samples().min()).isPositive());
  }

  @Test
  void aFigureOfGrowthIsTheRatioOfTheTwoBeforeIt() {
    List<Measurement> measured = new GraphReading(new Turns(1, 5), 400).measure();
    for (int i = 2; i < measured.size(); i += 3) {
      assertThat(measured.get(i).figure().kind()).isEqualTo(Figure.Kind.RATIO);
      assertThat(measured.get(i).samples())
          .isEqualTo(measured.get(i - 2).samples().over(measured.get(i - 1).samples()));
    }
  }
}
