package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/** The file system in which BPF objects are pinned, so that they outlive the process (bpf(2)). */
public final class BpfFilesystem {
  public static final Path ROOT = Path.of("/sys/fs/bpf");

  private BpfFilesystem() {}

  /** Mounts it, for root only, unless it is there already. */
  public static synchronized void ensureMounted() {
    boolean mounted = Mounts.read().all().stream().anyMatch(BpfFilesystem::isOurs);
    if (mounted) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      long type = Kernel.string(arena, "bpf");
      long target = Kernel.string(arena, ROOT.toString());
      long options = Kernel.string(arena, "mode=0700");
      Kernel.call(SystemCall.MOUNT, "bpf on " + ROOT, type, target, type, 0, options);
    }
  }

  private static boolean isOurs(Mounts.Mount mount) {
    return mount.point().equals(ROOT) && mount.type().equals("bpf");
  }
}
