package org.universalnode.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BarChartTest {
  private static final Bar ONE = bar("one & only", 1, OptionalDouble.of(2));
  private static final Bar HUNDRED = bar("hundred", 100, OptionalDouble.empty());

  @Test
  void theLongestBarTakesAllTheRoom() {
    String svg = new BarChart("Times", "ms", false, List.of(ONE, HUNDRED)).svg();
    assertThat(svg).contains("width=\"410.0\"", "width=\"4.1\"").contains("Times, ms");
  }

  @Test
  void aLogarithmicOneShowsSmallValuesToo() {
    String svg = new BarChart("Times", "ms", true, List.of(ONE, HUNDRED)).svg();
    assertThat(svg).contains("width=\"410.0\"", "width=\"53.6\"").contains("(logarithmic)");
  }

  @Test
  void aBudgetIsMarkedAndSaid() {
    String svg = new BarChart("Times", "", false, List.of(ONE, HUNDRED)).svg();
    assertThat(svg).containsOnlyOnce("#c0392b").contains("1 (budget 2)");
  }

  @Test
  void whatXmlWouldReadIsEscaped() {
    assertThat(new BarChart("a < b", "", false, List.of(ONE)).svg())
        .contains("a &lt; b", "one &amp; only")
        .doesNotContain("one & only");
  }

  private static Bar bar(String label, double value, OptionalDouble limit) {
    return new Bar(label, value, new Bar.Spread(value, value), limit);
  }
}
