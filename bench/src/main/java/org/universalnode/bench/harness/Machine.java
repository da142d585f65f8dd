package org.universalnode.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and when figures were measured; without it they mean little.
 *
 * @param cores that the process may use
 * @param memoryMegabytes of the whole machine, in Mi
 * @param commit of the sources, as git describes it
 */
public record Machine(
    String cpu,
    int cores,
    String kernel,
    String java,
    long memoryMegabytes,
    String commit,
    Instant date) {

  /** This machine, now. */
  public static Machine here(String commit) {
    return new Machine(
        value(Path.of("/proc/cpuinfo"), "model name"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        Long.parseLong(value(Path.of("/proc/meminfo"), "MemTotal").replace(" kB", "")) >> 10,
        commit,
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
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
    return "%s, %d cores, %d MB, Linux %s, %s, %s"
        .formatted(cpu, cores, memoryMegabytes, kernel, java, commit);
  }
}
