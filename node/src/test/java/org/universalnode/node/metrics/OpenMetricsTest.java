package org.universalnode.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.universalnode.node.metrics.OpenMetrics.Family;
import org.universalnode.node.metrics.OpenMetrics.Label;

class OpenMetricsTest {

  @Test
  void familiesAreWrittenAsTheStandardHasThem() {
    OpenMetrics text = new OpenMetrics();
    text.family(Family.INFO, "un_node", "Which node.").sample(1, new Label("name", "un"));
    text.family(Family.GAUGE, "un_uptime_seconds", "Since when.").sample(0.25);
    text.family(Family.COUNTER, "un_rule_bytes", "Bytes.")
        .sample(7, new Label("graph", "g"), new Label("rule", "r"));
    assertThat(text.ended())
        .isEqualTo(
            """
            # TYPE un_node info
            # HELP un_node Which node.
            un_node_info{name="un"} 1
            # TYPE un_uptime_seconds gauge
            # UNIT un_uptime_seconds seconds
            # HELP un_uptime_seconds Since when.
            un_uptime_seconds 0.25
            # TYPE un_rule_bytes counter
            # UNIT un_rule_bytes bytes
            # HELP un_rule_bytes Bytes.
            un_rule_bytes_total{graph="g",rule="r"} 7
            # EOF
            """);
  }

  @Test
  void aLabelMayBeAnyText() {
    String wild = "a\\n\"b\"\n},{x=\"1\"} 2\\";
    OpenMetrics text = new OpenMetrics();
    text.family(Family.GAUGE, "un_x", "\"quoted\" \\ and\nbroken")
        .sample(5, new Label("a", wild), new Label("b", ""));
    ParsedMetrics parsed = ParsedMetrics.of(text.ended());
    assertThat(parsed.samples()).hasSize(1);
    assertThat(parsed.value("un_x", "a", wild, "b", "")).isEqualTo(5);
  }

  @Test
  void numbersOfAllSizesAreReadBack() {
    OpenMetrics text = new OpenMetrics();
    text.family(Family.GAUGE, "un_start_seconds", "Big.").sample(1.7635e9);
    text.family(Family.COUNTER, "un_packets", "Bigger.").sample(Long.MAX_VALUE);
    ParsedMetrics parsed = ParsedMetrics.of(text.ended());
    assertThat(parsed.value("un_start_seconds")).isEqualTo(1.7635e9);
    assertThat(parsed.value("un_packets_total")).isEqualTo((double) Long.MAX_VALUE);
    assertThat(parsed.unit("un_start_seconds")).isEqualTo("seconds");
    assertThat(parsed.type("un_packets")).isEqualTo("counter");
  }
}
