package org.universalnode.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.PortRef;
import org.universalnode.node.deploy.GraphCounters;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchCounters.Count;
import org.universalnode.switching.SwitchCounters.Traffic;

class TrafficMetricsTest {
  private static final Traffic TRAFFIC =
      new Traffic(new Count(1, 60), new Count(2, 120), new Count(3, 180));

  @Test
  void aPortHasBothDirectionsAndWhatWasDropped() {
    ParsedMetrics text = metrics(graph("g", 0));
    String[] port = {"graph", "g", "port", "endpoint:tunnel"};
    assertThat(text.value("un_port_packets_total", with(port, "in"))).isEqualTo(1);
    assertThat(text.value("un_port_packets_total", with(port, "out"))).isEqualTo(2);
    assertThat(text.value("un_port_bytes_total", with(port, "in"))).isEqualTo(60);
    assertThat(text.value("un_port_bytes_total", with(port, "out"))).isEqualTo(120);
    assertThat(text.value("un_port_dropped_packets_total", port)).isEqualTo(3);
    assertThat(text.value("un_port_dropped_bytes_total", port)).isEqualTo(180);
  }

  @Test
  void anInterfaceIsThereOnceHoweverManyGraphsUseIt() {
    ParsedMetrics text = metrics(graph("g", 1), graph("h", 1));
    assertThat(text.value("un_interface_bytes_total", "interface", "eth0", "direction", "in"))
        .isEqualTo(60);
    assertThat(text.samples()).filteredOn(name -> name.startsWith("un_interface_")).hasSize(6);
    assertThat(text.samples())
        .filteredOn(name -> name.startsWith("un_port_packets"))
        .hasSize(4)
        .noneMatch(name -> name.contains("eth0"));
  }

  @Test
  void rulesAndLinksAreToldApartByTheirGraph() {
    ParsedMetrics text = metrics(graph("g", 2), graph("h", 2));
    assertThat(text.value("un_rule_packets_total", "graph", "h", "rule", "r1")).isEqualTo(1);
    assertThat(text.value("un_rule_bytes_total", "graph", "g", "rule", "r1")).isEqualTo(100);
    assertThat(text.value("un_link_packets_total", "graph", "g", "to", "vnf:f:p:0")).isEqualTo(9);
    assertThat(text.value("un_samples_left_out")).isZero();
  }

  @Test
  void samplesBeyondTheRoomAreCountedAndRulesGoFirst() {
    ParsedMetrics text = metrics(graph("a", 9_000), graph("b", 9_000));
    List<String> samples = text.samples();
    assertThat(samples)
        .hasSize(TrafficMetrics.MOST_SAMPLES + 1)
        .filteredOn(name -> name.startsWith("un_port_packets"))
        .hasSize(4);
    assertThat(text.value("un_rule_packets_total", "graph", "a", "rule", "r8999")).isEqualTo(8999);
    assertThat(samples).noneMatch(name -> name.contains("r8999") && name.contains("graph=b"));
    // 6 of the interface, 6 of each of the two ports and 2 of each of the two links come first.
    assertThat(text.value("un_samples_left_out"))
        .isEqualTo(2 * 18_000 + 6 + 2 * (6 + 2) - TrafficMetrics.MOST_SAMPLES);
  }

  private static GraphCounters graph(String id, int rules) {
    return new GraphCounters(
        id,
        IntStream.range(0, rules)
            .mapToObj(i -> new GraphCounters.Rule("r" + i, LsiId.BASE, new Count(i, 100L * i)))
            .toList(),
        List.of(
            new GraphCounters.Port(new PortRef.OfEndPoint("lan"), Optional.of("eth0"), TRAFFIC),
            new GraphCounters.Port(new PortRef.OfEndPoint("tunnel"), Optional.empty(), TRAFFIC)),
        List.of(new GraphCounters.Link("vnf:f:p:0", new Count(9, 900))));
  }

  private static ParsedMetrics metrics(GraphCounters... graphs) {
    OpenMetrics text = new OpenMetrics();
    TrafficMetrics.of(List.of(graphs)).addTo(text);
    return ParsedMetrics.of(text.ended());
  }

  private static String[] with(String[] labels, String direction) {
    return new String[] {
      labels[0], labels[1], labels[2], labels[3], "direction", direction,
    };
  }
}
