package org.universalnode.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and when figures were measured; without it they mean little.
 *
 * @param cores that the process may use
 * @param memoryMegabytes of the whole machine, in Mi
 * @param load of the minute before; on a quiet machine it is well below 1
 * @param commit of the sources, as git describes it
 */
public record Machine(
    String cpu,
    int cores,
    String kernel,
    String java,
    long memoryMegabytes,
    double load,
    String commit,
    Instant date) {

  /** This machine, now. */
  public static Machine here(String commit) {
    return new Machine(
        value(Path.of("/proc/cpuinfo"), "model name"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        kilobytes("MemTotal") >> 10,
        loadOfAMinute(),
        commit,
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Memory that is free for use, without swapping, as the kernel estimates it. */
  public static long availableBytes() {
    return kilobytes("MemAvailable") << 10;
  }

  /** All memory that it has. */
  public static long totalBytes() {
    return kilobytes("MemTotal") << 10;
  }

  /** Negative where the system does not tell. */
  private static double loadOfAMinute() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static long kilobytes(String key) {
    return Long.parseLong(value(Path.of("/proc/meminfo"), key).replace(" kB", ""));
  }

  /** What stands behind the first such key; ARM's cpuinfo, for one, names no model. */
  static String value(Path file, String key) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "%s, %d cores, %d MB, Linux %s, %s, %s, load %.2f"
        .formatted(cpu, cores, memoryMegabytes, kernel, java, commit, load);
  }
}
