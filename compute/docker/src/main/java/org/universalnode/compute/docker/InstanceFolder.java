package org.universalnode.compute.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.universalnode.problem.ProblemException;

/**
 * An instance on disk: what it was made from, its configuration, and marks that it was started and
 * paused. It is the first thing made of an instance and the last removed.
 */
record InstanceFolder(Path path) {
  /** Where the container has its configuration. */
  static final String CONFIGURATION_INSIDE = "/.universal-node/configuration/configuration.json";

  static final String CONFIGURATIONS_INSIDE = "/.universal-node/configuration";

  boolean exists() {
    return Files.isDirectory(path);
  }

  /** Records a new instance. */
  void write(Recorded instance) {
    try {
      Files.createDirectories(configurations());
      Files.setPosixFilePermissions(configurations(), PosixFilePermissions.fromString("rwxr-xr-x"));
      write(recordFile(), instance.write(), "rw-------");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty if the instance was never recorded whole. */
  Optional<Recorded> instance() {
    try {
      return read(recordFile()).map(Recorded::read);
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /** The first process of the started container; it may have ended. Empty if not started. */
  Optional<RunningProcess> process() {
    return read(startedFile()).flatMap(RunningProcess::read);
  }

  void markStarted(RunningProcess process) {
    write(startedFile(), process.write(), "rw-------");
  }

  void markStopped() {
    remove(startedFile());
    remove(pausedFile());
  }

  boolean paused() {
    return Files.exists(pausedFile());
  }

  void markPaused() {
    write(pausedFile(), "", "rw-------");
  }

  void markResumed() {
    remove(pausedFile());
  }

  /** That the function has taken; empty if nobody knows. */
  String configuration() {
    return read(takenFile()).orElse("");
  }

  /** Shows the function its configuration; its user may be anybody. */
  void configure(String configuration) {
    remove(takenFile());
    write(configurations().resolve("configuration.json"), configuration, "rw-r--r--");
  }

  /** The function has taken it. */
  void markTaken(String configuration) {
    write(takenFile(), configuration, "rw-------");
  }

  /** The container has it, and can't write to it. */
  Path configurations() {
    return path.resolve("configuration");
  }

  /** The record goes last, so that a failure can be mended. */
  void delete() {
    clear(configurations());
    clear(path);
  }

  private void clear(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!file.equals(recordFile())) {
          Files.deleteIfExists(file);
        }
      }
      if (folder.equals(path)) {
        Files.deleteIfExists(recordFile());
      }
      Files.deleteIfExists(folder);
    } catch (NoSuchFileException e) {
      return; // absent is what was wanted
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In one step. */
  private static void write(Path file, String text, String permissions) {
    try {
      Path unfinished = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(unfinished, text);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString(permissions));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path recordFile() {
    return path.resolve("instance.json");
  }

  private Path startedFile() {
    return path.resolve("started");
  }

  private Path pausedFile() {
    return path.resolve("paused");
  }

  private Path takenFile() {
    return path.resolve("taken.json");
  }
}
