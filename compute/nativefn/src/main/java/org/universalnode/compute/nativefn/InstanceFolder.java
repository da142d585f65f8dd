package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.compute.FunctionLog;
import org.universalnode.linux.MemoryFolder;
import org.universalnode.problem.ProblemException;

/**
 * An instance on disk: its handle, configuration and log, a folder for its handlers to work in, and
 * a mark that it was started. It is the first thing made of an instance and the last removed.
 */
record InstanceFolder(Path path) {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  /** Much more than a full log: what is printed until that is seen. Beyond, writing fails. */
  private static final long OUTPUT_BYTES = 16 * FunctionLog.FULL_BYTES;

  private static final int MOST_FILES = 1024;
  private static final String HANDLE = "instance.json";

  /** The folders of all instances below {@code root}. */
  static List<InstanceFolder> all(Path root) {
    List<InstanceFolder> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
      folders.forEach(folder -> found.add(new InstanceFolder(folder)));
    } catch (NoSuchFileException e) {
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  String name() {
    return path.getFileName().toString();
  }

  boolean exists() {
    return Files.isDirectory(path);
  }

  /** Records a new instance. */
  void write(Handle handle) {
    try {
      Files.createDirectories(work());
      new MemoryFolder(output()).mount(OUTPUT_BYTES, MOST_FILES);
      Files.createDirectories(configurations());
      write(handleFile(), handle.write());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Records an instance that is here already as another. */
  void rewrite(Handle handle) {
    write(handleFile(), handle.write());
  }

  /** Empty if the instance was never recorded whole. */
  Optional<Handle> handle() {
    try {
      return Optional.of(Handle.read(Files.readString(handleFile())));
    } catch (NoSuchFileException | ProblemException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean started() {
    return Files.exists(startedFile());
  }

  /** The configuration with which it was started or last updated; empty if it is not started. */
  String configuration() {
    try {
      return Files.readString(startedFile());
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void markStarted(String configuration) {
    write(startedFile(), configuration);
  }

  void markStopped() {
    remove(startedFile());
    members().delete();
    remove(pausedFile());
  }

  /** Of which processes it consists since it was started. */
  Members members() {
    return new Members(path.resolve("processes"));
  }

  /** Whether its handlers find what they need in it. */
  boolean isComplete() {
    return Files.isDirectory(work()) && Files.isDirectory(configurations());
  }

  boolean paused() {
    return Files.exists(pausedFile());
  }

  void markPaused() {
    write(pausedFile(), "");
  }

  void markResumed() {
    remove(pausedFile());
  }

  /** What tells who uses it and which ids are taken goes last, so that a failure can be mended. */
  void delete() {
    new MemoryFolder(output()).unmount();
    try {
      if (Files.exists(work())) {
        new Tree(work()).delete();
      }
      try (DirectoryStream<Path> rest = Files.newDirectoryStream(path)) {
        for (Path file : rest) {
          if (!file.equals(handleFile()) && !file.equals(usersFile())) {
            deletePart(file);
          }
        }
      }
      Files.deleteIfExists(handleFile());
      Files.deleteIfExists(usersFile());
      Files.deleteIfExists(path);
    } catch (NoSuchFileException e) {
      return; // absent is what was wanted
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deletePart(Path part) throws IOException {
    if (Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
      new Tree(part).delete();
    } else {
      Files.deleteIfExists(part);
    }
  }

  Path work() {
    return path.resolve("work");
  }

  /** For what is printed, which would else fill the disk between two looks at the log. */
  private Path output() {
    return path.resolve("output");
  }

  /** An instance that an earlier version of the node made has its log beside the rest. */
  private Path printed() {
    return Files.isDirectory(output()) ? output() : path;
  }

  FunctionLog log() {
    return new FunctionLog(printed().resolve("log"));
  }

  /**
   * A file for what one command prints, for nobody else to write to.
   *
   * @param purpose of the command; two of one purpose have two files
   */
  Path scratch(String purpose) {
    try {
      return Files.createTempFile(printed(), purpose, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The keeper that was started last; it may have ended. */
  Optional<KeeperRecord> keeper() {
    return KeeperRecord.read(keeperFile());
  }

  void writeKeeper(KeeperRecord keeper) {
    write(keeperFile(), keeper.write());
  }

  /** The ids that the instance's users have outside, if it has users of its own. */
  Optional<Integer> firstUser() {
    return number(usersFile());
  }

  /** The mark that a graph was given last in this shared instance; 0 if none was. */
  int lastMark() {
    return number(marksFile()).orElse(0);
  }

  void writeLastMark(int mark) {
    write(marksFile(), String.valueOf(mark));
  }

  /** Empty if it was never written, or not to its end. */
  private static Optional<Integer> number(Path file) {
    try {
      return Optional.of(Integer.valueOf(Files.readString(file)));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeFirstUser(int id) {
    write(usersFile(), String.valueOf(id));
  }

  /** The function may read what is in it, not write. */
  Path configurations() {
    return path.resolve("configuration");
  }

  Path configurationFile() {
    return configurations().resolve("configuration.json");
  }

  /** Of a graph's part in a shared instance, whose folder this is. */
  Path configurationFile(int mark) {
    return configurations().resolve(mark + ".json");
  }

  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the file's owner only. */
  static void writePrivately(Path file, String text) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In one step, so that a disk that is full leaves what was there, and nothing else. */
  static void write(Path file, String text) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(unfinished, text);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      remove(unfinished);
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a path is that of an instance's handle. */
  static boolean isHandle(Path path) {
    return path.endsWith(HANDLE);
  }

  private Path handleFile() {
    return path.resolve(HANDLE);
  }

  private Path startedFile() {
    return path.resolve("started");
  }

  private Path keeperFile() {
    return path.resolve("keeper");
  }

  private Path marksFile() {
    return path.resolve("last-mark");
  }

  private Path usersFile() {
    return path.resolve("users");
  }

  private Path pausedFile() {
    return path.resolve("paused");
  }
}
