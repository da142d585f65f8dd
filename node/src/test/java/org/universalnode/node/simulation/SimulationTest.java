package org.universalnode.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.hoststack.DhcpClients;

class SimulationTest {
  private static final int OPERATIONS = 12;

  @TempDir Path folder;

  @Test
  @Timeout(value = 6, unit = TimeUnit.HOURS)
  void whateverHappensTheWorldIsWhatIsWanted() {
    long first = Long.getLong("simulation.first", 1);
    long seeds = Long.getLong("simulation.seeds", 200);
    try (DhcpClients dhcp = DhcpClients.open("sim", folder)) {
      LongStream.range(first, first + seeds).parallel().forEach(seed -> live(seed, dhcp));
    }
  }

  @Test
  void aSeedTellsTheSameStoryTwice() {
    try (DhcpClients dhcp = DhcpClients.open("sim", folder)) {
      assertThat(live(7, dhcp)).hasSizeGreaterThan(OPERATIONS).isEqualTo(live(7, dhcp));
    }
  }

  private static List<String> live(long seed, DhcpClients dhcp) {
    try (Simulation simulation = new Simulation(seed, dhcp)) {
      try {
        simulation.run(OPERATIONS);
      } catch (RuntimeException | AssertionError e) {
        String story = String.join("\n", simulation.trace());
        throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + story, e);
      }
      return simulation.trace();
    }
  }
}
