package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Callable;

/** A processor of this machine, to which work can be bound (sched_setaffinity(2)). */
public record Processor(int number) {
  private static final int MOST = 1024;

  public Processor {
    if (number < 0 || number >= MOST) {
      throw new IllegalArgumentException("no processor has the number " + number);
    }
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
