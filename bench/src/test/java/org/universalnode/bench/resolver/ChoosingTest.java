package org.universalnode.bench.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Turns;

class ChoosingTest {
  @Test
  void everyFigureIsMeasuredAndEveryChoiceIsProven() {
    Choosing subject = new Choosing(new Turns(1, 5));
    List<Measurement> measured = subject.measure();
    assertThat(measured).extracting(Measurement::figure).isEqualTo(subject.figures());
    assertThat(measured.getLast().samples().max()).isZero();
  }
}
