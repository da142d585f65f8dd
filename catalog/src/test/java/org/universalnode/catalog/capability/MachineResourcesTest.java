package org.universalnode.catalog.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.capability.MachineResources.Amount;
import org.universalnode.catalog.capability.MachineResources.HugePages;

class MachineResourcesTest {
  @TempDir Path root;

  @Test
  void theKernelsFilesTellWhatThereIsAndWhatIsFree() {
    FakeMachine machine =
        new FakeMachine(root)
            .file("/sys/devices/system/cpu/online", "0-2,5\n")
            .file("/sys/devices/system/cpu/present", "0-7\n")
            .file("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "2400000\n")
            .file("/proc/loadavg", "1.00 0.50 0.25 1/100 4711\n")
            .file("/proc/meminfo", "MemTotal: 1024000 kB\nMemFree: 1 kB\nMemAvailable: 512000 kB\n")
            .file("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "64\n")
            .file("/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages", "16\n");
    assertThat(new Hardware(machine.discovery(), _ -> List.of()).resources())
        .isEqualTo(
            new MachineResources(
                new Amount(8, 4),
                2400,
                75,
                new Amount(1000, 500),
                List.of(new HugePages(2048, new Amount(64, 16)))));
  }

  @Test
  void aMachineThatTellsNothingHasAtLeastTheCoresOfThisProcess() {
    MachineResources none =
        new Hardware(new FakeMachine(root).discovery(), _ -> List.of()).resources();
    assertThat(none.cores().free()).isPositive();
    assertThat(none.memory()).isEqualTo(new Amount(0, 0));
    assertThat(none.hugePages()).isEmpty();
  }

  @Test
  void thePulseFollowsCoresMemoryPagesAndModules() {
    FakeMachine machine =
        new FakeMachine(root)
            .file("/sys/devices/system/cpu/online", "0-1\n")
            .file("/proc/meminfo", "MemAvailable: 4096 kB\nHugePages_Free:       3\n");
    Hardware hardware = new Hardware(machine.discovery(), _ -> List.of());
    Pulse before = hardware.pulse();
    assertThat(before).isEqualTo(new Pulse("0-1", 4, 3, 0));
    machine.file("/sys/devices/system/cpu/online", "0\n");
    assertThat(hardware.pulse()).isNotEqualTo(before).isEqualTo(new Pulse("0", 4, 3, 0));
    machine.folder("/sys/module/a");
    assertThat(hardware.pulse().modules()).isPositive();
  }

  @Test
  void thisMachineTellsAll() {
    MachineResources here =
        new Hardware(new FakeMachine(Path.of("/")).discovery(), _ -> List.of()).resources();
    assertThat(here.memory().total()).isGreaterThan(here.memory().free());
    assertThat(here.memory().free()).isPositive();
    assertThat(here.cores().total()).isGreaterThanOrEqualTo(here.cores().free());
  }
}
