package org.universalnode.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A file or folder that one process of the machine, or one thread of it, has at a time (flock(2)).
 * The kernel frees it when its owner ends, however that is. Not to be taken twice by one thread.
 */
public final class MachineLock implements AutoCloseable {
  private static final long LOCK_EX = 2;
  private static final long LOCK_NB = 4;
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final FileDescriptor file;

  private MachineLock(FileDescriptor file) {
    this.file = file;
  }

  /**
   * Waits for it.
   *
   * @throws KernelException with EAGAIN if others have it all that time
   */
  public static MachineLock take(Path path, Duration atMost) {
    FileDescriptor file = FileDescriptor.open(path);
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      long result = Kernel.attempt(SystemCall.FLOCK, file.number(), LOCK_EX | LOCK_NB);
      if (result >= 0) {
        return new MachineLock(file);
      }
      if (Errno.of((int) -result) != Errno.EAGAIN || System.nanoTime() > end) {
        file.close();
        throw new KernelException("lock " + path, (int) -result);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
