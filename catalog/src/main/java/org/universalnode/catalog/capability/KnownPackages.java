package org.universalnode.catalog.capability;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which package brings what network functions usually need, for machines that do not know it
 * themselves: no distribution has an index of files of all its packages on the disk by default.
 */
final class KnownPackages {
  private static final String LIST = "known-packages.txt";
  private static final int PACKAGES = 2;
  private static final Map<String, List<String>> KNOWN = known();

  private KnownPackages() {}

  /**
   * The package.
   *
   * @param type of a dependency, as templates write it
   */
  static Optional<String> bringing(String type, String name, Distribution distribution) {
    return Optional.ofNullable(KNOWN.get(type + " " + name))
        .map(packages -> packages.get(distribution.column()))
        .filter(one -> !one.equals("-"));
  }

  private static Map<String, List<String>> known() {
    Map<String, List<String>> known = new HashMap<>();
    for (String line : KernelName.lines(LIST)) {
      List<String> words = List.of(line.split(" "));
      known.put(words.get(0) + " " + words.get(1), words.subList(PACKAGES, words.size()));
    }
    return Map.copyOf(known);
  }
}
