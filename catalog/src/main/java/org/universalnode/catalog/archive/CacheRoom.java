package org.universalnode.catalog.archive;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How much unpacked archives may take.
 *
 * @param bytes on the disk, in blocks of 4 KiB
 * @param inUse the folders of archives that instances use now; these are never removed
 */
public record CacheRoom(long bytes, Supplier<Set<Path>> inUse) {
  /** What a node takes if nobody says otherwise. */
  public static final int DEFAULT_MEGABYTES = 512;

  /** What a node takes for images if nobody says otherwise: room for one of the largest. */
  public static final int DEFAULT_IMAGE_MEGABYTES = 8192;

  private static final int MEGA = 20;

  public CacheRoom {
    if (bytes < 1) {
      throw new IllegalArgumentException("room for archives is at least 1 byte");
    }
  }

  public static CacheRoom ofMegabytes(int megabytes, Supplier<Set<Path>> inUse) {
    return new CacheRoom((long) megabytes << MEGA, inUse);
  }
}
