package org.universalnode.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the processes of a cgroup use.
 *
 * @param memoryBytes of them together, caches of the kernel for them included; empty if the machine
 *     does not count it
 * @param cpu time of those that live
 */
public record ControlGroupUsage(OptionalLong memoryBytes, Duration cpu) {
  /** USER_HZ, the same for all of Linux' architectures of today (proc_pid_stat(5)). */
  private static final long TICK_MILLIS = 10;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  static ControlGroupUsage of(List<Path> folders, Set<Integer> processes) {
    long ticks = processes.stream().mapToLong(ControlGroupUsage::ticks).sum();
    OptionalLong memory =
        folders.stream()
            .flatMapToLong(
                folder ->
                    java.util.stream.LongStream.concat(
                        number(folder.resolve("memory.usage_in_bytes")).stream(),
                        number(folder.resolve("memory.current")).stream()))
            .findFirst();
    return new ControlGroupUsage(memory, Duration.ofMillis(ticks * TICK_MILLIS));
  }

  private static OptionalLong number(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException e) {
      return OptionalLong.empty(); // another hierarchy, or the cgroup has gone meanwhile
    }
  }

  /** The name in the second field may contain anything, so the others count from its end. */
  private static long ticks(int process) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(process), "stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
      return Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME));
    } catch (IOException e) {
      return 0; // it has ended meanwhile
    }
  }
}
