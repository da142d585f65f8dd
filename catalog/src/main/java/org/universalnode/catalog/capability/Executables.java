package org.universalnode.catalog.capability;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Programs, found as a handler finds them. Where one was found is remembered and looked at first,
 * so that a known program costs one look and a removed one is noticed at once.
 */
final class Executables {
  private static final Duration PLACES_KEPT = Duration.ofHours(1);

  private final FileTree tree;
  private final List<String> folders;
  private final Recent<String, Optional<String>> places = new Recent<>(PLACES_KEPT);

  /**
   * Looks for nothing yet.
   *
   * @param path folders separated by colons, as in PATH
   */
  Executables(FileTree tree, String path) {
    this.tree = tree;
    this.folders = List.of(path.split(":"));
  }

  /** The path of a program; {@code name} is a plain name, or a path from the root on. */
  Optional<String> find(String name) {
    if (name.startsWith("/")) {
      return Optional.of(name).filter(tree::isExecutable);
    }
    if (name.contains("/")) {
      return Optional.empty();
    }
    return places.get(name, this::search).filter(tree::isExecutable).or(() -> search(name));
  }

  /** Where a program of that name would be found. */
  List<String> candidates(String name) {
    return name.startsWith("/")
        ? List.of(name)
        : folders.stream().map(folder -> folder + "/" + name).toList();
  }

  private Optional<String> search(String name) {
    return candidates(name).stream().filter(tree::isExecutable).findFirst();
  }
}
