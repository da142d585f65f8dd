package org.universalnode.catalog.archive;

/**
 * How much an archive may be before it is refused.
 *
 * @param entries most files and folders it may create, folders that it only implies included
 * @param archiveBytes largest archive, compressed
 * @param expandedBytes most bytes it may expand to, the tar headers included
 * @param fileBytes largest single file
 * @param ratio most expanded bytes per compressed byte, once past {@link #RATIO_FREE_BYTES}
 * @param nameBytes longest name of an entry, in bytes of UTF-8, its folders included
 */
public record ArchiveLimits(
    int entries, long archiveBytes, long expandedBytes, long fileBytes, int ratio, int nameBytes) {

  /** A few small scripts padded to tar blocks compress a hundredfold and harm nobody. */
  static final long RATIO_FREE_BYTES = 1 << 20;

  private static final long MEBI = 1 << 20;

  /** Roomy for scripts with a static binary or a block list; small for a 256 MB gateway. */
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(4_096, 64 * MEBI, 256 * MEBI, 128 * MEBI, 100, 255);

  /** For archives with a kernel or a disk in them. */
  public static final ArchiveLimits LARGE =
      new ArchiveLimits(16_384, 1_024 * MEBI, 4_096 * MEBI, 4_096 * MEBI, 100, 255);

  /** For images that are one file: of containers and of disks. */
  public static final ArchiveLimits WHOLE =
      new ArchiveLimits(1, 8_192 * MEBI, 8_192 * MEBI, 8_192 * MEBI, 1, 255);

  public ArchiveLimits {
    if (entries < 1 || ratio < 1 || nameBytes < 1) {
      throw new IllegalArgumentException("limits on entries, ratio and names are at least 1");
    }
    if (archiveBytes < 1 || expandedBytes < 1 || fileBytes < 1) {
      throw new IllegalArgumentException("limits on sizes are at least 1 byte");
    }
  }
}
