package org.universalnode.node.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.resolve.Amounts;

class MachineReadingTest {
  @TempDir Path folder;

  @Test
  void memoryAndHugePagesAreTakenFromTheKernelsText() throws IOException {
    Path meminfo = folder.resolve("meminfo");
    Files.writeString(
        meminfo,
        """
        MemTotal:         262144 kB
        MemFree:           10240 kB
        MemAvailable:     131072 kB
        HugePages_Total:       8
        HugePages_Free:        3
        HugePages_Rsvd:        0
        Hugepagesize:       2048 kB
        """);
    MachineAmounts found = new MachineReading(meminfo, folder).get();
    assertThat(found.total().memory()).isEqualTo(256);
    assertThat(found.available().memory()).isEqualTo(128);
    assertThat(found.total().hugepages()).isEqualTo(16);
    assertThat(found.available().hugepages()).isEqualTo(6);
    assertThat(found.total().disk()).isPositive();
  }

  @Test
  void whatIsNotToldRefusesNobody() {
    MachineAmounts found = new MachineReading(folder.resolve("none"), folder).get();
    assertThat(found.total().memory()).isEqualTo(Amounts.PLENTY.memory());
  }

  @Test
  void thisMachineHasMemory() {
    MachineAmounts found = MachineReading.of(folder).get();
    assertThat(found.total().memory()).isBetween(64L, Amounts.PLENTY.memory());
    assertThat(found.available().memory()).isBetween(1L, found.total().memory());
  }
}
