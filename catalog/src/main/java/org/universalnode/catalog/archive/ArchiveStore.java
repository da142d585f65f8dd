package org.universalnode.catalog.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.universalnode.catalog.fetch.FetchLimits;
import org.universalnode.catalog.fetch.HttpSource;
import org.universalnode.catalog.trust.Trust;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * The unpacked archives of functions, or images that are one file: one folder for each content,
 * named by the SHA-256 of the archive.
 *
 * <p>A folder appears whole or not at all and never changes afterwards: all instances of a function
 * share it, none may write to it. An archive is hostile until proved otherwise: who stands for it
 * is asked before it is unpacked, and whatever is not a plain file or folder of modest size below
 * its own top folder is refused, and leaves nothing behind. Safe for many threads; one store at a
 * time may use a folder.
 */
public final class ArchiveStore {
  private final Path folder;
  private final ArchiveLimits limits;
  private final Form form;
  private final ArchiveCache cache;
  private final LocalSource local;
  private final RemoteSource remote;

  /** Archives are unpacked one at a time: it bounds the disk space that refused ones need. */
  private final ReentrantLock unpacking = new ReentrantLock();

  /**
   * What a store is made of, besides its folder.
   *
   * @param form of all that it holds
   */
  public record Parts(Trust trust, ArchiveLimits limits, CacheRoom room, Form form) {}

  /**
   * Opens the store, makes its folder if it is missing and deletes what a killed node left
   * unfinished in it.
   *
   * @throws ProblemException with KERNEL if the folder can't be used
   */
  public ArchiveStore(Path folder, Parts parts) {
    this(
        folder,
        parts,
        new RemoteArchives(() -> new HttpSource(FetchLimits.DEFAULT), parts.limits()),
        InstantSource.system());
  }

  ArchiveStore(Path folder, Parts parts, RemoteArchives servers, InstantSource clock) {
    this.folder = folder.toAbsolutePath();
    this.limits = parts.limits();
    this.form = parts.form();
    Intake intake = new Intake(parts.trust(), this::unpacked);
    try {
      Files.createDirectories(this.folder);
      UnfinishedFolder.sweep(this.folder);
      this.cache = ArchiveCache.open(this.folder, parts, clock);
      Origins origins = Origins.open(this.folder);
      origins.keep(cache::holds);
      this.local = new LocalSource(intake, limits);
      this.remote = new RemoteSource(this.folder, intake, servers, new Remembered(origins, cache));
    } catch (IOException e) {
      throw Refusal.kernel("archive store " + folder, e);
    }
  }

  /**
   * The folder with the content of an archive, fetched and unpacked now if it was not before. That
   * of a native function holds an executable {@code start}; {@code stop}, {@code update}, {@code
   * pause}, {@code resume}, {@code status}, {@code attach} and {@code detach} are executable where
   * they exist.
   *
   * @throws ProblemException UNSUPPORTED for other addresses, NOT_FOUND without such a file,
   *     FORBIDDEN for what is not trusted, INVALID_DOCUMENT and LIMIT for what is refused, TIMEOUT
   *     for a slow server, CONFLICT if the file changes meanwhile
   */
  public Path unpack(ArchiveRequest request) {
    String attempted = "archive " + request.uri();
    try {
      return switch (String.valueOf(request.uri().getScheme()).toLowerCase(Locale.ROOT)) {
        case "file" -> local.take(request);
        case "http", "https" -> remote.take(request);
        default -> throw Refusal.otherAddress();
      };
    } catch (ProblemException e) {
      throw new ProblemException(e.problems().stream().map(p -> p.during(attempted)).toList(), e);
    } catch (IOException e) {
      throw Refusal.kernel(attempted, e);
    }
  }

  /**
   * Whether a folder is one of this store, with all that was unpacked into it and nothing else. If
   * not, it is gone: nobody runs it any more.
   */
  public boolean holds(Path unpacked) {
    try {
      String digest = String.valueOf(unpacked.getFileName());
      Optional<Path> found = cache.find(digest);
      return found.isPresent() && Files.exists(unpacked) && Files.isSameFile(found.get(), unpacked);
    } catch (IOException e) {
      throw Refusal.kernel("unpacked archive " + unpacked, e);
    }
  }

  /** The folder of a content that is trusted; it is unpacked if there is a file to unpack. */
  private Path unpacked(String digest, Optional<ArchiveFile> file) throws IOException {
    Optional<Path> before = cache.find(digest);
    if (before.isPresent()) {
      return before.get();
    }
    unpacking.lock();
    try {
      Optional<Path> meanwhile = cache.find(digest);
      return meanwhile.isPresent()
          ? meanwhile.get()
          : unpack(file.orElseThrow(ArchiveStore::damaged), digest);
    } finally {
      unpacking.unlock();
    }
  }

  private Path unpack(ArchiveFile file, String expected) throws IOException {
    try (UnfinishedFolder fresh = UnfinishedFolder.in(folder)) {
      if (!fill(fresh.path(), file).equals(expected)) {
        throw Problem.of(Code.CONFLICT, "changed while it was read")
            .next("try again when it is written whole")
            .asException();
      }
      return cache.add(expected, fresh);
    }
  }

  /** Unpacks the archive; the digest of the bytes that were read for it. */
  private String fill(Path target, ArchiveFile file) throws IOException {
    try (DigestInputStream in = Digests.hashing(Files.newInputStream(file.path()))) {
      return switch (form) {
        case HANDLERS, FOLDER -> {
          try (TarReader tar = TarReader.of(in, file.bytes(), limits)) {
            new Unpacking(target, limits).unpack(tar, form.sign());
            yield Digests.finish(in);
          }
        }
        case FILE -> {
          Files.copy(in, fileIn(target));
          yield Digests.finish(in);
        }
      };
    }
  }

  /** The file of a folder of the form {@link Form#FILE}. */
  public static Path fileIn(Path folder) {
    return folder.resolve(Form.FILE.sign());
  }

  private static ProblemException damaged() {
    return Problem.of(Code.CONFLICT, "was damaged or removed while it was looked for")
        .next("try again: it is fetched anew")
        .asException();
  }
}
