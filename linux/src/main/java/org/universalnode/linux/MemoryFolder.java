package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A folder whose content is in memory and limited (tmpfs(5)). It counts as memory of the cgroup
 * that writes into it, and outlives the node's process.
 */
public record MemoryFolder(Path path) {
  private static final long MS_NOSUID = 2;
  private static final long MS_NODEV = 4;
  private static final long MNT_DETACH = 2;

  /** Makes the folder where there is none; one that is in memory already stays as it is. */
  public void mount(long bytes, int files) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (isMounted()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      long type = Kernel.string(arena, "tmpfs");
      long target = Kernel.string(arena, path.toString());
      long data = Kernel.string(arena, "size=" + bytes + ",nr_inodes=" + files + ",mode=0755");
      long flags = MS_NOSUID | MS_NODEV;
      Kernel.call(SystemCall.MOUNT, "tmpfs on " + path, type, target, type, flags, data);
    }
  }

  /** Lets the content go, at the latest when nobody uses it any more. Absent is fine. */
  public void unmount() {
    try (Arena arena = Arena.ofConfined()) {
      long target = Kernel.string(arena, path.toString());
      while (isMounted()) {
        Kernel.call(SystemCall.UMOUNT2, path.toString(), target, MNT_DETACH);
      }
    }
  }

  /** Another file system than that of the folder in which it is. */
  public boolean isMounted() {
    try {
      Path parent = path.toAbsolutePath().getParent();
      return parent != null
          && !Files.getAttribute(path, "unix:dev").equals(Files.getAttribute(parent, "unix:dev"));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
