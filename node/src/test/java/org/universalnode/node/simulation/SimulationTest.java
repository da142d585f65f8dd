package org.universalnode.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.hoststack.DhcpClients;

class SimulationTest {
  private static final int COMPARED = 20;

  @TempDir Path folder;

  @Test
  @Timeout(value = 6, unit = TimeUnit.HOURS)
  void whateverHappensTheWorldIsWhatIsWanted() {
    long first = Long.getLong("simulation.first", 1);
    long seeds = Long.getLong("simulation.seeds", 200);
    try (DhcpClients dhcp = DhcpClients.open("sim", folder)) {
      LongStream.range(first, first + seeds).parallel().forEach(seed -> Story.of(seed, dhcp));
    }
  }

  /** Another one has other hash codes and other orders of sets. */
  @Test
  void aSeedTellsTheSameStoryInAnotherProcess() throws IOException, InterruptedException {
    try (DhcpClients dhcp = DhcpClients.open("sim", folder)) {
      List<String> here =
          LongStream.rangeClosed(1, COMPARED)
              .boxed()
              .flatMap(seed -> Story.of(seed, dhcp).stream())
              .toList();
      assertThat(here).hasSizeGreaterThan(COMPARED).isEqualTo(elsewhere());
    }
  }

  private List<String> elsewhere() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Story.class.getName(),
                String.valueOf(COMPARED),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = process.inputReader()) {
      List<String> lines = output.lines().toList();
      assertThat(process.waitFor()).isZero();
      return lines;
    }
  }
}
