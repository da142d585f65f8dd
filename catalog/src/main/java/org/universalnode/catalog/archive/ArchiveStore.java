package org.universalnode.catalog.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * The unpacked archives of native functions: one folder for each content, named by the SHA-256 of
 * the archive.
 *
 * <p>A folder appears whole or not at all and never changes afterwards: all instances of a function
 * share it, none may write to it. An archive is hostile until proved otherwise: whatever is not a
 * plain file or folder of modest size below its own top folder is refused, and leaves nothing
 * behind. Safe for many threads; one store at a time may use a folder.
 */
public final class ArchiveStore {
  private final Path folder;
  private final ArchiveLimits limits;
  private final Digests digests = new Digests();

  /** Archives are unpacked one at a time: it bounds the disk space that refused ones need. */
  private final ReentrantLock unpacking = new ReentrantLock();

  /**
   * Opens the store, makes its folder if it is missing and deletes what a killed node left
   * unfinished in it.
   *
   * @throws ProblemException with KERNEL if the folder can't be used
   */
  public ArchiveStore(Path folder, ArchiveLimits limits) {
    this.folder = folder.toAbsolutePath();
    this.limits = limits;
    try {
      Files.createDirectories(folder);
      UnfinishedFolder.sweep(folder);
    } catch (IOException e) {
      throw Refusal.kernel("archive store " + folder, e);
    }
  }

  /**
   * The folder with the content of an archive, unpacked now if it was not before. It holds an
   * executable {@code start}; {@code stop}, {@code update}, {@code pause}, {@code resume} and
   * {@code status} are executable where they exist.
   *
   * @param archive a .tgz; {@code file:} only
   * @throws ProblemException UNSUPPORTED for other addresses, NOT_FOUND without such a file,
   *     INVALID_DOCUMENT and LIMIT for what is refused, CONFLICT if the file changes meanwhile
   */
  public Path unpack(URI archive) {
    try {
      ArchiveFile file = ArchiveFile.find(archive, limits);
      Path place = folder.resolve(digests.of(file));
      if (!isWhole(place)) {
        unpackOnce(file, place);
      }
      return place;
    } catch (ProblemException e) {
      throw new ProblemException(
          e.problems().stream().map(p -> p.during("archive " + archive)).toList(), e);
    } catch (IOException e) {
      throw Refusal.kernel("archive " + archive, e);
    }
  }

  private void unpackOnce(ArchiveFile file, Path place) throws IOException {
    unpacking.lock();
    try {
      if (!isWhole(place)) {
        unpack(file, place);
      }
    } finally {
      unpacking.unlock();
    }
  }

  private void unpack(ArchiveFile file, Path place) throws IOException {
    try (UnfinishedFolder fresh = UnfinishedFolder.in(folder)) {
      String digest = fill(fresh.path(), file);
      if (!place.equals(folder.resolve(digest))) {
        throw Problem.of(Code.CONFLICT, "changed while it was read")
            .next("try again when it is written whole")
            .asException();
      }
      removeDamaged(place);
      fresh.moveTo(place);
    }
  }

  /** Unpacks the archive; the digest of the bytes that were read for it. */
  private String fill(Path target, ArchiveFile file) throws IOException {
    try (DigestInputStream in = Digests.hashing(Files.newInputStream(file.path()));
        TarReader tar = TarReader.of(in, file.bytes(), limits)) {
      new Unpacking(target, limits).unpack(tar);
      return Digests.finish(in);
    }
  }

  private void removeDamaged(Path place) throws IOException {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      new UnfinishedFolder(place).close();
    }
  }

  private static boolean isWhole(Path place) {
    return Files.isRegularFile(place.resolve(Unpacking.START), LinkOption.NOFOLLOW_LINKS);
  }
}
