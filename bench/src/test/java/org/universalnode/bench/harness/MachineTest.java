package org.universalnode.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @Test
  void thisMachineHasFacts() {
    Machine here = Machine.here("abc");
    assertThat(here.load()).isNotNegative();
    assertThat(here.cores()).isPositive();
    assertThat(here.memoryMegabytes()).isGreaterThan(100);
    assertThat(here.java()).contains("25");
    assertThat(here.toString()).contains("Linux", "abc, load ");
  }

  @Test
  void aFactStandsBehindItsFirstKey(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("info"), "x : 1\nmodel name\t: A: B\nmodel name: C\n");
    assertThat(Machine.value(file, "model name")).isEqualTo("A: B");
    assertThat(Machine.value(file, "speed")).isEqualTo("unknown");
  }
}
