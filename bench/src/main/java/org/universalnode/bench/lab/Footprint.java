package org.universalnode.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param residentBytes memory, without what other processes and the kernel hold for it
 * @param descriptors open files, sockets and so on
 */
public record Footprint(long residentBytes, long descriptors, long threads) {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

  /** Of a process, now. */
  static Footprint of(int pid) {
    Path process = Path.of("/proc", String.valueOf(pid));
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      String status = Files.readString(process.resolve("status"));
      return new Footprint(
          number(RESIDENT, status) << 10, descriptors.count(), number(THREADS, status));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Pattern pattern, String status) {
    Matcher found = pattern.matcher(status);
    if (!found.find()) {
      throw new IllegalStateException("the status of a process has no " + pattern);
    }
    return Long.parseLong(found.group(1));
  }
}
