package org.universalnode.catalog.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Brings to the disk what has to outlive a loss of power (fsync(2)). */
public final class Durable {
  private Durable() {}

  /** The content of a file, or the names in a folder. */
  public static void force(Path one) throws IOException {
    try (FileChannel channel = FileChannel.open(one, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** All files and folders of a tree, each folder after what is in it. Links are left alone. */
  public static void forceTree(Path root) throws IOException {
    for (Path one : everything(root)) {
      boolean isFolder = Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS);
      if (isFolder || Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)) {
        force(one);
      }
    }
  }

  private static List<Path> everything(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
