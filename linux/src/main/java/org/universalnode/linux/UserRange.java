package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The user and group ids of a user namespace: 0 to {@code count - 1} inside are {@code firstId} and
 * those that follow outside, where they should be nobody's (user_namespaces(7)).
 */
public record UserRange(int firstId, int count) {
  private static final int LAST_ID = Integer.MAX_VALUE - 1;

  public UserRange {
    if (firstId < 1 || count < 1 || count > LAST_ID - firstId) {
      throw new IllegalArgumentException("not a range of ids: " + firstId + " and " + count);
    }
  }

  /** Makes root of the range the owner of a file, or of a folder with all that is in it. */
  public void give(Path tree) {
    try (Stream<Path> all = Files.walk(tree)) {
      all.forEach(this::giveOne);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an instance's users own already stays theirs. */
  private void giveOne(Path path) {
    own(path, "unix:uid");
    own(path, "unix:gid");
  }

  private void own(Path path, String attribute) {
    try {
      int owner = (int) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
      if (owner < firstId || owner - firstId >= count) {
        Files.setAttribute(path, attribute, firstId, LinkOption.NOFOLLOW_LINKS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
