package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.OptionalInt;

/** A started program, held by a pidfd, so that its number can't mean another (pidfd_open(2)). */
public final class LinuxProcess implements AutoCloseable {
  private static final int P_PIDFD = 3;
  private static final int WEXITED = 4;
  private static final int SIGINFO_BYTES = 128;
  private static final int CODE_AT = 8;
  private static final int STATUS_AT = 24;
  private static final int CLD_EXITED = 1;
  private static final int SIGKILL = 9;

  private final int pid;
  private final FileDescriptor pidfd;
  private OptionalInt status = OptionalInt.empty();

  private LinuxProcess(int pid, FileDescriptor pidfd) {
    this.pid = pid;
    this.pidfd = pidfd;
  }

  /** Starts a program; fails only if no process could be made: see {@link #LAUNCH_FAILED}. */
  public static LinuxProcess start(ProcessSpec spec) {
    return Launcher.instance().start(spec);
  }

  /**
   * Exit status of a program that could not be placed in its cgroup or namespace, or executed; the
   * reason is the last line of its output.
   */
  public static final int LAUNCH_FAILED = Launcher.FAILED;

  /** A child that was not yet waited for, so that its number is still its own. */
  static LinuxProcess child(int pid) {
    long descriptor = Kernel.call(SystemCall.PIDFD_OPEN, "pid " + pid, pid, 0);
    return new LinuxProcess(pid, new FileDescriptor(descriptor));
  }

  public int pid() {
    return pid;
  }

  /**
   * Waits for the end, off the virtual threads' carriers.
   *
   * @return exit status, or 128 plus the number of the signal that ended it; empty if it still runs
   */
  public synchronized OptionalInt await(Duration atMost) {
    if (status.isEmpty()
        && KernelThread.call(
            "wait for " + pid, () -> Poll.readable(atMost, pidfd.number()).isPresent())) {
      status = OptionalInt.of(reap());
    }
    return status;
  }

  public synchronized void kill() {
    if (status.isEmpty()) {
      Kernel.attempt(SystemCall.PIDFD_SEND_SIGNAL, pidfd.number(), SIGKILL, 0, 0);
    }
  }

  /** Lets go of the process; it goes on running if it has not ended. */
  @Override
  public void close() {
    pidfd.close();
  }

  private int reap() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGINFO_BYTES, 8);
      Kernel.call(
          SystemCall.WAITID, "pid " + pid, P_PIDFD, pidfd.number(), info.address(), WEXITED, 0);
      int value = info.get(ValueLayout.JAVA_INT, STATUS_AT);
      return info.get(ValueLayout.JAVA_INT, CODE_AT) == CLD_EXITED ? value : 128 + value;
    }
  }
}
