package org.universalnode.linux;

import java.util.Locale;

/** Numbers of the system calls that the node uses, per machine (syscalls(2)). */
enum SystemCall {
  READ(0, 63),
  CLOSE(3, 57),
  IOCTL(16, 29),
  SOCKET(41, 198),
  SENDTO(44, 206),
  RECVFROM(45, 207),
  RECVMSG(47, 212),
  BIND(49, 200),
  SETSOCKOPT(54, 208),
  WRITE(1, 64),
  EPOLL_CTL(233, 21),
  INOTIFY_ADD_WATCH(254, 27),
  EPOLL_PWAIT(281, 22),
  EPOLL_CREATE1(291, 20),
  INOTIFY_INIT1(294, 26),
  TIMERFD_CREATE(283, 85),
  TIMERFD_SETTIME(286, 86),
  INOTIFY_RM_WATCH(255, 28),
  EVENTFD2(290, 19),
  FCNTL(72, 25),
  FLOCK(73, 32),
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  WAITID(247, 95),
  OPENAT(257, 56),
  PPOLL(271, 73),
  SCHED_SETAFFINITY(203, 122),
  UNSHARE(272, 97),
  SETNS(308, 268),
  MEMFD_CREATE(319, 279),
  BPF(321, 280),
  MEMBARRIER(324, 283),
  PIDFD_SEND_SIGNAL(424, 424),
  PIDFD_OPEN(434, 434);

  private static final boolean ARM = arm(System.getProperty("os.arch"));

  private final int amd64;
  private final int arm64;

  SystemCall(int amd64, int arm64) {
    this.amd64 = amd64;
    this.arm64 = arm64;
  }

  /** Whether the machine is an arm64; else it is an amd64. */
  static boolean onArm() {
    return ARM;
  }

  long number() {
    return ARM ? arm64 : amd64;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static boolean arm(String machine) {
    return switch (machine) {
      case "amd64" -> false;
      case "aarch64" -> true;
      default -> throw new UnsupportedOperationException("no system call numbers for " + machine);
    };
  }
}
