package org.universalnode.compute.dpdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.universalnode.compute.FunctionLog;
import org.universalnode.linux.MemoryFolder;
import org.universalnode.problem.ProblemException;

/**
 * An instance on disk: what it was made from, its configuration and log, and marks that it was
 * started and paused. It is the first thing made of an instance and the last removed.
 */
record InstanceFolder(Path path) {
  private static final long OUTPUT_BYTES = 16 * FunctionLog.FULL_BYTES;
  private static final int MOST_FILES = 1024;

  boolean exists() {
    return Files.isDirectory(path);
  }

  /** Records a new instance. */
  void write(Recorded instance) {
    try {
      Files.createDirectories(path);
      new MemoryFolder(output()).mount(OUTPUT_BYTES, MOST_FILES);
      write(recordFile(), instance.write());
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

  boolean isComplete() {
    return new MemoryFolder(output()).isMounted();
  }

  /** The process with which it was started; it may have ended. Empty if it is not started. */
  Optional<RunningProcess> process() {
    return read(startedFile()).flatMap(RunningProcess::read);
  }

  void markStarted(RunningProcess process) {
    write(startedFile(), process.write());
  }

  void markStopped() {
    remove(startedFile());
    remove(pausedFile());
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

  /** With which it was started last; empty if it never was. */
  String configuration() {
    return read(configurationFile()).orElse("");
  }

  void configure(String configuration) {
    write(configurationFile(), configuration);
  }

  Path configurationFile() {
    return path.resolve("configuration.json");
  }

  FunctionLog log() {
    return new FunctionLog(output().resolve("log"));
  }

  /** Where it can write: in memory, and not much. */
  Path output() {
    return path.resolve("output");
  }

  /** For what one command prints. */
  Path scratch() {
    try {
      return Files.createTempFile(output(), "command", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The record goes last, so that a failure can be mended. */
  void delete() {
    new MemoryFolder(output()).unmount();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        if (!file.equals(recordFile())) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(recordFile());
      Files.deleteIfExists(path);
    } catch (NoSuchFileException e) {
      return; // absent is what was wanted
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path file) {
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

  /** In one step, and for the node only. */
  private static void write(Path file, String text) {
    try {
      Path unfinished = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(unfinished, text);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
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
}
