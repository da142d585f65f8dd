package org.universalnode.bench.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;

class ComparisonTableTest {
  @Test
  void itDividesTheNativeFunctionByTheOthers() {
    String table = ComparisonTable.of(all()).orElseThrow();
    assertThat(table)
        .contains("|  | bare process | NNF | Docker | VM | paper: bare, NNF, Docker, VM |")
        .contains("| start to the tunnel, ms | 30.0 (30.0..30.0) | 60.0 (60.0..60.0) | 300")
        .contains("| start to the tunnel | 2.0 | 0.20 | 0.010 |");
  }

  @Test
  void itIsWrittenOnlyIfAllOfItIsThere() {
    assertThat(ComparisonTable.of(all().subList(1, all().size()))).isEmpty();
  }

  private static List<Measurement> all() {
    return Stream.of(Implementation.values())
        .flatMap(
            each -> each.figures().map(figure -> new Measurement(figure, samples(each, figure))))
        .toList();
  }

  private static Samples samples(Implementation implementation, Figure figure) {
    double value =
        switch (implementation) {
          case BARE -> 30;
          case NATIVE -> 60;
          case DOCKER -> 300;
          case MACHINE -> 6_000;
        };
    return new Samples(Collections.nCopies(Samples.FEWEST, figure.unit().isEmpty() ? 1 : value));
  }
}
