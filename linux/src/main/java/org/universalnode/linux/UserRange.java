package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

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

  /**
   * Makes root of the range the owner of a file, or of a folder with all that is in it. What its
   * users own already stays theirs, and so does what is below: nobody else can have put it there.
   */
  public void give(Path tree) {
    try {
      Files.walkFileTree(tree, new Giving());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Giving extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      boolean user = own(folder, "unix:uid");
      boolean group = own(folder, "unix:gid");
      return user && group ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      own(file, "unix:uid");
      own(file, "unix:gid");
      return FileVisitResult.CONTINUE;
    }
  }

  /** Whether it was the range's already. */
  private boolean own(Path path, String attribute) throws IOException {
    int owner = (int) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
    boolean mine = owner >= firstId && owner - firstId < count;
    if (!mine) {
      Files.setAttribute(path, attribute, firstId, LinkOption.NOFOLLOW_LINKS);
    }
    return mine;
  }
}
