package org.universalnode.compute.libvirt;

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
import org.universalnode.problem.ProblemException;

/**
 * An instance on disk: what it was made from, what its guest is given and prints, and marks that it
 * was started and paused. It is the first thing made of an instance and the last removed.
 */
record InstanceFolder(Path path) {

  boolean exists() {
    return Files.isDirectory(path);
  }

  /** Records a new instance. */
  void write(Recorded instance) {
    try {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
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

  /** The emulator with which it was started; it may have ended. Empty if it is not started. */
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

  /** What the guest prints on its serial line. */
  FunctionLog log() {
    return new FunctionLog(path.resolve("log"));
  }

  /** The image's initial file system with the instance's own files. */
  Path initrd() {
    return path.resolve("initrd");
  }

  /** The instance's own files, for guests that boot from their disk. */
  Path configurationDisk() {
    return path.resolve("configuration.img");
  }

  /** What the guest has written to its disk. */
  Path overlay() {
    return path.resolve("disk.qcow2");
  }

  /** What libvirt was told last. */
  Path domain() {
    return path.resolve("domain.xml");
  }

  /** What libvirt was told to plug last. */
  Path device() {
    return path.resolve("device.xml");
  }

  /** The record goes last, so that a failure can be mended. */
  void delete() {
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

  /** In one step, and for the node only. */
  static void write(Path file, String text) {
    try {
      Path unfinished = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(unfinished, text);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
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

  private Path configurationFile() {
    return path.resolve("configuration.json");
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
