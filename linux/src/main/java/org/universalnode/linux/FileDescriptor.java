package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor of this process, closed once. */
final class FileDescriptor implements AutoCloseable {
  private static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 0x80000;

  private final int number;
  private final AtomicBoolean closed = new AtomicBoolean();

  FileDescriptor(long number) {
    this.number = Math.toIntExact(number);
  }

  /** Opens for reading; never inherited by a started program. */
  static FileDescriptor open(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      long name = Kernel.string(arena, path.toString());
      return new FileDescriptor(
          Kernel.call(SystemCall.OPENAT, path.toString(), AT_FDCWD, name, O_CLOEXEC));
    }
  }

  int number() {
    if (closed.get()) {
      throw new IllegalStateException("file descriptor " + number + " is closed");
    }
    return number;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Kernel.attempt(SystemCall.CLOSE, number);
    }
  }
}
