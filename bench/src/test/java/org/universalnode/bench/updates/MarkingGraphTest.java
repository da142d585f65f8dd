package org.universalnode.bench.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.bench.lab.Station;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.switching.CompiledGraph;
import org.universalnode.switching.GraphCompiler;

class MarkingGraphTest {
  private static final Station STATION = new Station(NetworkNamespace.named("s"), "10.0.0.1");
  private static final Plugged PLUGGED = new Plugged(new Ends(STATION, STATION), "lan0", "wan0");

  @Test
  void eachUpdateChangesTheRulesOfBothLsis() {
    for (int updates = 0; updates < 120; updates++) {
      CompiledGraph one = compiled(updates);
      CompiledGraph next = compiled(updates + 1);
      assertThat(next.base()).isNotEqualTo(one.base());
      assertThat(next.graph()).isNotEqualTo(one.graph());
    }
  }

  @Test
  void sixtyVersionsAreTold() {
    assertThat(IntStream.range(0, 1_000).mapToObj(i -> MarkingGraph.after(i, PLUGGED)).distinct())
        .hasSize(60);
  }

  private static CompiledGraph compiled(int updates) {
    ServiceGraph graph = GraphReader.read(MarkingGraph.after(updates, PLUGGED));
    return GraphCompiler.compile("live", graph);
  }
}
