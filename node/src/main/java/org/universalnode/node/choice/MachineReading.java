package org.universalnode.node.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.universalnode.catalog.resolve.Amounts;

/**
 * What this machine has, read whenever somebody asks.
 *
 * @param meminfo as in {@code /proc/meminfo}
 * @param state a folder on the disk that counts
 */
public record MachineReading(Path meminfo, Path state) implements Supplier<MachineAmounts> {
  private static final int KILO_BITS = 10;
  private static final int MEGA_BITS = 20;
  private static final Set<String> WANTED =
      Set.of("MemTotal", "MemAvailable", "HugePages_Total", "HugePages_Free", "Hugepagesize");

  /** Of the machine that this process runs on. */
  public static MachineReading of(Path state) {
    return new MachineReading(Path.of("/proc/meminfo"), state);
  }

  /** What the kernel does not tell counts as plenty, so that nothing is refused for it. */
  @Override
  public MachineAmounts get() {
    Map<String, Long> kilobytes = read();
    long page = kilobytes.getOrDefault("Hugepagesize", 0L);
    long disk = state.toFile().getUsableSpace() >> MEGA_BITS;
    return new MachineAmounts(
        new Amounts(
            megabytes(kilobytes, "MemTotal"),
            (kilobytes.getOrDefault("HugePages_Total", 0L) * page) >> KILO_BITS,
            disk),
        new Amounts(
            megabytes(kilobytes, "MemAvailable"),
            (kilobytes.getOrDefault("HugePages_Free", 0L) * page) >> KILO_BITS,
            disk));
  }

  private static long megabytes(Map<String, Long> kilobytes, String key) {
    Long value = kilobytes.get(key);
    return value == null ? Amounts.PLENTY.memory() : value >> KILO_BITS;
  }

  /** By their names; pages are counted, all else is in kB. */
  private Map<String, Long> read() {
    Map<String, Long> values = new HashMap<>();
    for (String line : lines()) {
      int colon = line.indexOf(':');
      if (colon > 0 && WANTED.contains(line.substring(0, colon))) {
        String number = line.substring(colon + 1).replace("kB", "").strip();
        values.put(line.substring(0, colon), Long.parseLong(number));
      }
    }
    return values;
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(meminfo);
    } catch (IOException e) {
      return List.of();
    }
  }
}
