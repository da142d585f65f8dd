package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.problem.ProblemException;

/**
 * An instance on disk: its handle, configuration and log, a folder for its handlers to work in, and
 * a mark that it was started. It is the first thing made of an instance and the last removed.
 */
record InstanceFolder(Path path) {

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
      Path unfinished = path.resolve("instance.json.new");
      Files.writeString(unfinished, handle.write());
      Files.move(unfinished, handleFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeConfiguration(String configuration) {
    write(configurationFile(), configuration);
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
    try {
      Files.deleteIfExists(startedFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log's last {@code mostBytes}, from the beginning of a line where there is one. */
  String logTail(int mostBytes) {
    try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
      long start = Math.max(0, file.length() - mostBytes);
      file.seek(start);
      byte[] bytes = new byte[Math.toIntExact(Math.min(mostBytes, file.length() - start))];
      file.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
    } catch (java.io.FileNotFoundException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (NoSuchFileException e) {
      return; // absent is what was wanted
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path work() {
    return path.resolve("work");
  }

  Path log() {
    return path.resolve("log");
  }

  Path configurationFile() {
    return path.resolve("configuration.json");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path handleFile() {
    return path.resolve("instance.json");
  }

  private Path startedFile() {
    return path.resolve("started");
  }

  /** Does not follow links: a function may have left one that leads elsewhere. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path folder, @org.jspecify.annotations.Nullable IOException error) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
