package org.universalnode.catalog.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.universalnode.catalog.file.Durable;

/** A folder that is being filled. Closed before it was moved to its place, it is gone. */
record UnfinishedFolder(Path path) implements Closeable {
  private static final String PREFIX = ".unfinished-";

  static UnfinishedFolder in(Path folder) throws IOException {
    return new UnfinishedFolder(Files.createTempDirectory(folder, PREFIX));
  }

  /** A file instead of a folder, for whoever writes only one. */
  static UnfinishedFolder file(Path folder) throws IOException {
    return new UnfinishedFolder(Files.createTempFile(folder, PREFIX, ""));
  }

  /** Deletes what a node that was killed left unfinished. */
  static void sweep(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path one : left) {
        delete(one);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  void moveTo(Path place) throws IOException {
    Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The same, and returns when all of it is on the disk, under that name. */
  void moveDurablyTo(Path place) throws IOException {
    Durable.forceTree(path);
    moveTo(place);
    Durable.force(place.resolveSibling(""));
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      delete(path);
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
