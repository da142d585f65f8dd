package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/** Waiting for descriptors to become readable (ppoll(2)). */
final class Poll {
  private static final short POLLIN = 1;
  private static final int ENTRY_BYTES = 8;

  private Poll() {}

  /**
   * Blocks until one of {@code descriptors} is readable or the time is over.
   *
   * @return the position of the first readable one
   */
  static Optional<Integer> readable(Duration atMost, int... descriptors) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      long left = Math.max(0, deadline - System.nanoTime());
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment entries = arena.allocate((long) ENTRY_BYTES * descriptors.length, 8);
        for (int i = 0; i < descriptors.length; i++) {
          entries.set(ValueLayout.JAVA_INT, (long) i * ENTRY_BYTES, descriptors[i]);
          entries.set(ValueLayout.JAVA_SHORT, (long) i * ENTRY_BYTES + 4, POLLIN);
        }
        long ready = wait(arena, entries, descriptors.length, left);
        if (ready == 0) {
          return Optional.empty();
        }
        for (int i = 0; i < descriptors.length && ready > 0; i++) {
          if (entries.get(ValueLayout.JAVA_SHORT, (long) i * ENTRY_BYTES + 6) != 0) {
            return Optional.of(i);
          }
        }
      }
    }
  }

  /** Number of ready descriptors; -1 if a signal interrupted the wait. */
  private static long wait(Arena arena, MemorySegment entries, int count, long nanoseconds) {
    MemorySegment time = arena.allocate(16, 8);
    time.set(ValueLayout.JAVA_LONG, 0, nanoseconds / 1_000_000_000L);
    time.set(ValueLayout.JAVA_LONG, 8, nanoseconds % 1_000_000_000L);
    long ready = Kernel.attempt(SystemCall.PPOLL, entries.address(), count, time.address(), 0, 0);
    if (ready < 0 && Errno.of((int) -ready) != Errno.EINTR) {
      throw new KernelException("ppoll", (int) -ready);
    }
    return Math.max(ready, -1);
  }
}
