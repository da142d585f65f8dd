package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor of this process, closed once. */
final class FileDescriptor implements AutoCloseable {
  private static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_RDWR = 2;
  private static final long MFD_CLOEXEC = 1;
  private static final long MFD_ALLOW_SEALING = 2;

  private final int number;
  private final AtomicBoolean closed = new AtomicBoolean();

  FileDescriptor(long number) {
    this.number = Math.toIntExact(number);
  }

  /** Opens for reading; never inherited by a started program. */
  static FileDescriptor open(Path path) {
    return open(path, O_CLOEXEC);
  }

  /** Opens for reading and writing; never inherited by a started program. */
  static FileDescriptor openForWriting(Path path) {
    return open(path, O_RDWR | O_CLOEXEC);
  }

  private static FileDescriptor open(Path path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      long name = Kernel.string(arena, path.toString());
      return new FileDescriptor(
          Kernel.call(SystemCall.OPENAT, path.toString(), AT_FDCWD, name, flags));
    }
  }

  /** An empty file that no folder has. */
  static FileDescriptor inMemory(String name) {
    try (Arena arena = Arena.ofConfined()) {
      long text = Kernel.string(arena, name);
      return new FileDescriptor(
          Kernel.call(SystemCall.MEMFD_CREATE, name, text, MFD_CLOEXEC | MFD_ALLOW_SEALING));
    }
  }

  /** A path by which a child that inherits nothing can open the same file. */
  Path path() {
    return Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd", "" + number());
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
