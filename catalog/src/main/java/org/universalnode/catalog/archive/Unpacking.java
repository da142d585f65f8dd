package org.universalnode.catalog.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** One archive on its way into one empty folder that nobody else uses. */
final class Unpacking {
  private static final Set<String> HANDLERS =
      Set.of("start", "stop", "update", "pause", "resume", "status", "attach", "detach");
  private static final int OWNER_EXECUTES = 0100;
  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> PLAIN =
      PosixFilePermissions.fromString("rw-r--r--");

  private final Path root;
  private final ArchiveLimits limits;
  private final byte[] buffer = new byte[16 << 10];

  /** Files made, and folders that have an entry of their own. */
  private final Set<Path> listed = new HashSet<>();

  private final Set<Path> folders = new HashSet<>();
  private int made;

  Unpacking(Path root, ArchiveLimits limits) {
    this.root = root;
    this.limits = limits;
  }

  /**
   * Unpacks all of it.
   *
   * @param required a file that has to be in it; empty if none has to
   */
  void unpack(TarReader tar, String required) throws IOException {
    Optional<TarArchiveEntry> entry = tar.next();
    while (entry.isPresent()) {
      add(entry.get(), tar);
      entry = tar.next();
    }
    tar.finish();
    require(required);
    Files.setPosixFilePermissions(root, EXECUTABLE);
  }

  private void add(TarArchiveEntry entry, TarReader tar) throws IOException {
    Path path = EntryName.parse(entry.getName(), limits);
    if (listed.contains(path)) {
      throw Refusal.unsafe("has two entries of the name " + path);
    }
    switch (EntryKind.of(entry)) {
      case FOLDER -> addFolder(path);
      case FILE -> addFile(path, entry, tar);
    }
  }

  private void addFolder(Path path) throws IOException {
    makeFolders(path, path.getNameCount());
    if (!isRoot(path)) {
      listed.add(path);
    }
  }

  private void addFile(Path path, TarArchiveEntry entry, TarReader tar) throws IOException {
    if (isRoot(path) || folders.contains(path)) {
      throw Refusal.unsafe("has a file in the place of a folder: " + entry.getName());
    }
    if (entry.getSize() > limits.fileBytes()) {
      throw Refusal.tooMuch(
          path + " has " + entry.getSize() + " bytes", limits.fileBytes() + " bytes for one file");
    }
    makeFolders(path, path.getNameCount() - 1);
    countOne();
    listed.add(path);
    Path file = root.resolve(path);
    copy(tar, file);
    boolean executable = (entry.getMode() & OWNER_EXECUTES) != 0 || isHandler(path);
    Files.setPosixFilePermissions(file, executable ? EXECUTABLE : PLAIN);
  }

  private void copy(TarReader tar, Path file) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
        out.write(buffer, 0, read);
      }
    }
  }

  /** Makes those of the first {@code depth} folders on the way to {@code path} that are missing. */
  private void makeFolders(Path path, int depth) throws IOException {
    for (int length = 1; length <= depth; length++) {
      makeFolder(path.subpath(0, length));
    }
  }

  private void makeFolder(Path path) throws IOException {
    if (isRoot(path) || folders.contains(path)) {
      return;
    }
    if (listed.contains(path)) {
      throw Refusal.unsafe("has a folder in the place of a file: " + path);
    }
    countOne();
    Path folder = Files.createDirectory(root.resolve(path));
    Files.setPosixFilePermissions(folder, EXECUTABLE);
    folders.add(path);
  }

  private void countOne() {
    if (++made > limits.entries()) {
      throw Refusal.tooMuch(
          "has more than " + limits.entries() + " files and folders",
          limits.entries() + " of them");
    }
  }

  private void require(String file) {
    if (!file.isEmpty() && !Files.isRegularFile(root.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
      throw Refusal.withoutStart();
    }
  }

  private static boolean isRoot(Path path) {
    return path.toString().isEmpty();
  }

  private static boolean isHandler(Path path) {
    return HANDLERS.contains(path.toString());
  }
}
