package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** A processor of this machine, to which work can be bound (sched_setaffinity(2)). */
public record Processor(int number) {
  private static final int MOST = 1024;
  private static final String ALLOWED = "Cpus_allowed_list:";

  public Processor {
    if (number < 0 || number >= MOST) {
      throw new IllegalArgumentException("no processor has the number " + number);
    }
  }

  /** Those that this process may use. */
  public static Set<Integer> usable() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(ALLOWED))
          .findFirst()
          .map(line -> numbers(line.substring(ALLOWED.length()).strip()))
          .orElse(Set.of(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The numbers of a list as the kernel writes it (cpuset(7)).
   *
   * @param list such as {@code 0-2,7}
   */
  static Set<Integer> numbers(String list) {
    Set<Integer> numbers = new TreeSet<>();
    for (String range : list.isBlank() ? List.<String>of() : List.of(list.strip().split(","))) {
      String[] ends = range.split("-", 2);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int number = Integer.parseInt(ends[0]); number <= last; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** Does the work on this processor, on a thread of its own. */
  public <T> T call(Callable<T> work) {
    return KernelThread.call(
        "processor " + number,
        () -> {
          bind();
          return work.call();
        });
  }

  private void bind() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MOST / Byte.SIZE, 8);
      mask.set(ValueLayout.JAVA_BYTE, number / Byte.SIZE, (byte) (1 << (number % Byte.SIZE)));
      Kernel.call(
          SystemCall.SCHED_SETAFFINITY, "processor " + number, 0, mask.byteSize(), mask.address());
    }
  }
}
