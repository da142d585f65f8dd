package org.universalnode.catalog.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Who could have put a file where it is. A file is in custody if only root and the user of this
 * process can change or replace it: they own it and every folder above it, and nobody else may
 * write to these. A folder for everybody in which only the owner of a file may replace it ({@code
 * /tmp}) does no harm above a file that others do not own.
 */
public final class Custody {
  private static final int ROOT = 0;
  private static final int WRITABLE = 022;
  private static final int STICKY = 01000;

  private Custody() {}

  /** Why others may have put it there; empty if they can't. Links are for the caller to resolve. */
  public static Optional<String> breach(Path file) throws IOException {
    int me = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    for (Path one = file.toAbsolutePath(); one != null; one = one.getParent()) {
      Map<String, Object> seen =
          Files.readAttributes(one, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
      int owner = (int) attribute(seen, "uid");
      int mode = (int) attribute(seen, "mode");
      if (owner != ROOT && owner != me) {
        return Optional.of(one + " belongs to another user (" + owner + ")");
      }
      if ((mode & WRITABLE) != 0 && !(Files.isDirectory(one) && (mode & STICKY) != 0)) {
        return Optional.of("others may write to " + one);
      }
    }
    return Optional.empty();
  }

  private static Object attribute(Map<String, Object> seen, String name) throws IOException {
    Object value = seen.get(name);
    if (value == null) {
      throw new IOException("the file system tells no " + name);
    }
    return value;
  }
}
