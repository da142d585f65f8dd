package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that a function could write to. It may be nested deeper than a path can be long, so it
 * is never walked: its subfolders' subfolders are moved up until none is left. No link is followed.
 */
record Tree(Path root) {

  /** Removes the folder with all that is in it; to be called when nobody writes there any more. */
  void delete() throws IOException {
    long moved = 0;
    for (List<Path> here = children(root); !here.isEmpty(); here = children(root)) {
      for (Path child : here) {
        moved = clear(child, moved);
        Files.deleteIfExists(child);
      }
    }
    Files.deleteIfExists(root);
  }

  /** Empties a folder, whose subfolders move to the top. */
  private long clear(Path folder, long moved) throws IOException {
    if (!isFolder(folder)) {
      return moved;
    }
    long number = moved;
    for (Path child : children(folder)) {
      if (isFolder(child)) {
        Path up;
        do {
          up = root.resolve(".deleted-" + number++);
        } while (Files.exists(up, LinkOption.NOFOLLOW_LINKS));
        Files.move(child, up);
      } else {
        Files.deleteIfExists(child);
      }
    }
    return number;
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static List<Path> children(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(found::add);
    }
    return found;
  }
}
