package org.universalnode.linux;

import java.nio.file.Path;

/** Tells that something was mounted or unmounted (proc_pid_mountinfo(5)). */
public final class MountEvents {
  private MountEvents() {}

  /** Begins to tell, for as long as the loop runs; many changes perhaps at once. */
  public static void listen(EventLoop loop, Runnable changed) {
    FileDescriptor mounts = FileDescriptor.open(Path.of("/proc/self/mountinfo"));
    loop.exceptional(mounts, changed);
  }
}
