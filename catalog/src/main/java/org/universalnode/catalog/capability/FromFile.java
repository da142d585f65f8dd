package org.universalnode.catalog.capability;

import java.util.function.Function;
import org.universalnode.catalog.capability.FileTree.Stamp;

/** What a text file says, read again when the file has changed. Safe for many threads. */
final class FromFile<T> {
  private record Content<T>(Stamp stamp, T value) {}

  private final FileTree tree;
  private final String path;
  private final Function<String, T> parse;
  private final T otherwise;
  private volatile Content<T> content;

  /**
   * Reads nothing yet.
   *
   * @param otherwise the value while there is no such file
   */
  FromFile(FileTree tree, String path, Function<String, T> parse, T otherwise) {
    this.tree = tree;
    this.path = path;
    this.parse = parse;
    this.otherwise = otherwise;
    this.content = new Content<>(Stamp.NONE, otherwise);
  }

  T get() {
    Stamp stamp = tree.stamp(path);
    Content<T> known = content;
    if (!known.stamp().equals(stamp)) {
      known = new Content<>(stamp, tree.text(path).map(parse).orElse(otherwise));
      content = known;
    }
    return known.value();
  }

  boolean exists() {
    return tree.exists(path);
  }
}
