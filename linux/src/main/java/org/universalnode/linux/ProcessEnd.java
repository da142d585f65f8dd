package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Tells of the end of a process, whoever its parent is (pidfd_open(2)). */
public final class ProcessEnd {
  /** _IOWR(0xFF, 11, struct pidfd_info), the structure as Linux 6.13 began with. */
  private static final long PIDFD_GET_INFO = 0xC040FF0BL;

  private static final long PIDFD_INFO_EXIT = 1 << 3;
  private static final int INFO_BYTES = 64;
  private static final int EXIT_CODE_AT = 60;

  private ProcessEnd() {}

  /**
   * Tells once.
   *
   * @param startTime without it the number may be another's
   * @param ended gets how it ended, as wait(2) has it; empty if nobody can say any more
   * @return empty if it has ended already; nothing is told then
   */
  public static Optional<EventLoop.Registration> watch(
      EventLoop loop, int pid, long startTime, Consumer<OptionalInt> ended) {
    long number = Kernel.attempt(SystemCall.PIDFD_OPEN, pid, 0);
    if (number < 0) {
      return ended(pid, number);
    }
    FileDescriptor pidfd = new FileDescriptor(number);
    boolean same =
        ProcessStat.of(pid)
            .filter(stat -> stat.startTime() == startTime && stat.alive())
            .isPresent();
    if (!same) {
      pidfd.close();
      return Optional.empty();
    }
    return Optional.of(new Waiting(pid, pidfd, ended).in(loop));
  }

  private static Optional<EventLoop.Registration> ended(int pid, long result) {
    Errno errno = Errno.of((int) -result);
    if (errno != Errno.ESRCH && errno != Errno.EINVAL) {
      throw new KernelException("pidfd_open(" + pid + ")", (int) -result);
    }
    return Optional.empty();
  }

  private record Waiting(int pid, FileDescriptor pidfd, Consumer<OptionalInt> ended) {
    EventLoop.Registration in(EventLoop loop) {
      AtomicReference<EventLoop.Registration> own = new AtomicReference<>();
      synchronized (own) { // it may end before its registration is known
        own.set(
            loop.readable(
                pidfd,
                () -> {
                  OptionalInt code = exitCode();
                  synchronized (own) {
                    own.get().close();
                  }
                  ended.accept(code);
                }));
        return own.get();
      }
    }

    /** Before it is waited for its folder in /proc says it, after that its descriptor. */
    private OptionalInt exitCode() {
      OptionalInt told = told();
      if (told.isEmpty()) {
        told = ProcessStat.of(pid).map(ProcessStat::exitCode).orElse(OptionalInt.empty());
      }
      return told.isEmpty() ? told() : told;
    }

    private OptionalInt told() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment info = arena.allocate(INFO_BYTES, 8);
        info.set(ValueLayout.JAVA_LONG, 0, PIDFD_INFO_EXIT);
        long result =
            Kernel.attempt(SystemCall.IOCTL, pidfd.number(), PIDFD_GET_INFO, info.address());
        boolean known = result == 0 && (info.get(ValueLayout.JAVA_LONG, 0) & PIDFD_INFO_EXIT) != 0;
        return known
            ? OptionalInt.of(info.get(ValueLayout.JAVA_INT, EXIT_CODE_AT))
            : OptionalInt.empty();
      }
    }
  }
}
