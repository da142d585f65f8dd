package org.universalnode.catalog.capability;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shared libraries, as the dynamic linker finds them: by its cache, else in the usual folders. The
 * name is a file's ({@code libssl.so.3}), or without version ({@code libssl}, {@code ssl}).
 */
final class Libraries {
  private static final String CACHE = "/etc/ld.so.cache";
  private static final List<String> FOLDERS =
      List.of("/lib", "/usr/lib", "/usr/local/lib", "/lib64", "/usr/lib64");
  private static final Duration PLACES_KEPT = Duration.ofHours(1);

  private final FileTree tree;
  private final Recent<String, Optional<String>> places = new Recent<>(PLACES_KEPT);

  Libraries(FileTree tree) {
    this.tree = tree;
  }

  Optional<String> find(String name) {
    if (name.startsWith("/")) {
      return Optional.of(name).filter(tree::exists);
    }
    return places.get(name, this::search).filter(tree::exists).or(() -> search(name));
  }

  /** Whether a file of that name is the library. */
  static boolean isNamed(String name, String file) {
    return file.equals(name)
        || file.startsWith(name + ".so")
        || file.startsWith("lib" + name + ".so");
  }

  /** Multi-architecture folders, such as /usr/lib/x86_64-linux-gnu, are in the linker's cache. */
  private Optional<String> search(String name) {
    Stream<String> cached =
        tree.bytes(CACHE).map(LinkerCache::read).stream()
            .flatMap(paths -> paths.entrySet().stream())
            .filter(entry -> isNamed(name, entry.getKey()))
            .map(java.util.Map.Entry::getValue)
            .sorted();
    Stream<String> usual =
        FOLDERS.stream()
            .flatMap(
                folder ->
                    tree.names(folder).stream()
                        .filter(file -> isNamed(name, file))
                        .map(file -> folder + "/" + file));
    return Stream.concat(cached, usual)
        .filter(path -> path.startsWith("/") && tree.exists(path))
        .findFirst();
  }
}
