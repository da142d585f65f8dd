package org.universalnode.catalog.archive;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.universalnode.problem.ProblemException;

/** What an archive may hold. */
enum EntryKind {
  FILE,
  FOLDER;

  /**
   * The kind of an entry.
   *
   * @throws ProblemException for links, devices, named pipes and everything else
   */
  static EntryKind of(TarArchiveEntry entry) {
    if (entry.isSparse()) {
      throw refused("a sparse file", entry);
    }
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_DIR -> FOLDER;
      // In the oldest tars a folder is a file whose name ends in a slash.
      case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM ->
          entry.getName().endsWith("/") ? FOLDER : FILE;
      case TarConstants.LF_LINK -> throw refused("a hard link", entry);
      case TarConstants.LF_SYMLINK -> throw refused("a symbolic link", entry);
      case TarConstants.LF_CHR, TarConstants.LF_BLK -> throw refused("a device", entry);
      case TarConstants.LF_FIFO -> throw refused("a named pipe", entry);
      default -> throw refused("an entry of unknown kind", entry);
    };
  }

  private static ProblemException refused(String kind, TarArchiveEntry entry) {
    return Refusal.unsafe("has " + kind + ": " + entry.getName());
  }
}
