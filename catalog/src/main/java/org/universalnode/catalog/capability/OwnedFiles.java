package org.universalnode.catalog.capability;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which package a file belongs to that is or was installed, by the lists of dpkg, opkg and apk. */
final class OwnedFiles {
  private static final String SUFFIX = ".list";
  private static final List<String> LISTS =
      List.of("/var/lib/dpkg/info", "/usr/lib/opkg/info", "/opt/lib/opkg/info");
  private static final List<String> ALPINE =
      List.of("/lib/apk/db/installed", "/usr/lib/apk/db/installed");

  private final FileTree tree;

  OwnedFiles(FileTree tree) {
    this.tree = tree;
  }

  /** The first package with a file that is wanted, by its absolute path. */
  Optional<String> owner(Predicate<String> wanted) {
    return LISTS.stream()
        .flatMap(folder -> listed(folder, wanted).stream())
        .findFirst()
        .or(
            () ->
                ALPINE.stream()
                    .flatMap(path -> tree.text(path).stream())
                    .flatMap(text -> alpine(text, wanted).stream())
                    .findFirst());
  }

  private Optional<String> listed(String folder, Predicate<String> wanted) {
    return tree.names(folder).stream()
        .filter(name -> name.endsWith(SUFFIX))
        .filter(name -> tree.text(folder + "/" + name).orElse("").lines().anyMatch(wanted))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()).replaceFirst(":.*", ""))
        .findFirst();
  }

  /** Lines begin with P: for a package, F: for a folder of it, R: for a file therein. */
  static Optional<String> alpine(String text, Predicate<String> wanted) {
    String name = "";
    String folder = "";
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("P:")) {
        name = line.substring(2);
      } else if (line.startsWith("F:")) {
        folder = line.substring(2);
      } else if (line.startsWith("R:") && wanted.test("/" + folder + "/" + line.substring(2))) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }
}
