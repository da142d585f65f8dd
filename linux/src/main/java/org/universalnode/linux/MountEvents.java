package org.universalnode.linux;

import java.nio.file.Path;
import java.time.Duration;

/** Tells that something was mounted or unmounted (proc_pid_mountinfo(5)). */
public final class MountEvents {
  /** To look at what is mounted takes milliseconds where there are thousands. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private MountEvents() {}

  /** Begins to tell, for as long as the loop runs: a moment later, many changes at once. */
  public static void listen(EventLoop loop, Runnable changed) {
    FileDescriptor mounts = FileDescriptor.open(Path.of("/proc/self/mountinfo"));
    Alarm alarm = Alarm.in(loop, PAUSE, changed);
    loop.exceptional(mounts, alarm::set);
  }
}
