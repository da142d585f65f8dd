package org.universalnode.catalog.capability;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Families of distributions that name their packages alike. */
enum Distribution {
  DEBIAN(0, "debian ubuntu raspbian"),
  OPENWRT(1, "openwrt lede"),
  ALPINE(2, "alpine postmarketos"),
  RED_HAT(3, "fedora rhel centos suse opensuse");

  private static final List<String> RELEASE = List.of("/etc/os-release", "/usr/lib/os-release");

  private final int column;

  /** Of os-release(5), separated by blanks. */
  private final String identifiers;

  Distribution(int column, String identifiers) {
    this.column = column;
    this.identifiers = identifiers;
  }

  /** Where its packages stand in our list of packages, counted from 0. */
  int column() {
    return column;
  }

  /** The one of this machine; empty if it is none of these. */
  static Optional<Distribution> of(FileTree tree) {
    return RELEASE.stream()
        .flatMap(path -> tree.text(path).stream())
        .findFirst()
        .flatMap(Distribution::named);
  }

  private static Optional<Distribution> named(String release) {
    Set<String> words =
        release
            .lines()
            .filter(line -> line.startsWith("ID=") || line.startsWith("ID_LIKE="))
            .map(line -> line.substring(line.indexOf('=') + 1).replaceAll("[\"']", ""))
            .flatMap(value -> Arrays.stream(value.split("\\s+")))
            .collect(Collectors.toSet());
    return Arrays.stream(values())
        .filter(one -> Arrays.stream(one.identifiers.split(" ")).anyMatch(words::contains))
        .findFirst();
  }
}
