package org.universalnode.bench.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Verdict;

class RouteFiguresTest {
  private static final RouteFigures<Double> FIGURES =
      new RouteFigures<>(
          List.of(new RouteFigures.Aspect<>("speed", "Gb/s", speed -> speed)),
          Map.of("speed, chain of hand-made", new Budget.AtLeast(0.95)));

  @Test
  void everyRouteAndEveryComparisonIsAFigure() {
    assertThat(FIGURES.all())
        .extracting(figure -> figure.name())
        .containsExactly(
            "speed, direct",
            "speed, lsi",
            "speed, bridge",
            "speed, chain",
            "speed, lsi of direct",
            "speed, bridge of direct",
            "speed, chain of hand-made");
  }

  @Test
  void aChainIsComparedWithTheBridgeMadeByHand() {
    Map<Route, List<Double>> readings = new EnumMap<>(Route.class);
    readings.put(Route.DIRECT, Collections.nCopies(5, 10.0));
    readings.put(Route.LSI, Collections.nCopies(5, 9.0));
    readings.put(Route.BRIDGE, Collections.nCopies(5, 8.0));
    readings.put(Route.CHAIN, Collections.nCopies(5, 6.0));
    List<Measurement> measured = FIGURES.measurements(readings);
    assertThat(measured).extracting(Measurement::figure).isEqualTo(FIGURES.all());
    assertThat(measured)
        .extracting(Measurement::value)
        .containsExactly(10.0, 9.0, 8.0, 6.0, 0.9, 0.8, 0.75);
    assertThat(measured.getLast().verdict()).isEqualTo(Verdict.MISSED);
  }
}
