package org.universalnode.linux;

/** Sends signals to processes that are not children of ours (pidfd_send_signal(2)). */
public enum ProcessSignal {
  KILL(9),
  /** What it means is a matter between who sends and who gets it. */
  USER(10);

  private final int number;

  ProcessSignal(int number) {
    this.number = number;
  }

  /**
   * Sends it.
   *
   * @param startTime without it the number may be another's ({@link ProcessStat})
   * @return false if the process has ended
   */
  public boolean send(int pid, long startTime) {
    long pidfd = Kernel.attempt(SystemCall.PIDFD_OPEN, pid, 0);
    if (pidfd < 0) {
      return false;
    }
    try (FileDescriptor process = new FileDescriptor(pidfd)) {
      return ProcessStat.of(pid)
              .filter(stat -> stat.startTime() == startTime && stat.alive())
              .isPresent()
          && Kernel.attempt(SystemCall.PIDFD_SEND_SIGNAL, process.number(), number, 0, 0) == 0;
    }
  }

  /** Whether a process has it blocked. */
  public boolean isBlockedBy(int pid) {
    return ProcessStatus.of(pid)
        .map(status -> (status.blocked() >>> (number - 1) & 1) == 1)
        .orElse(false);
  }
}
