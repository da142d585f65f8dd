package org.universalnode.catalog.capability;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads which packages are installed from the databases that are plain text. */
final class PackageTexts {
  private static final String PACKAGE = "Package: ";
  private static final String STATUS = "Status: ";
  private static final String PROVIDES = "Provides: ";

  private PackageTexts() {}

  /**
   * Names of the installed packages and of what they provide, in the format of dpkg's status file
   * (deb-control(5)), which opkg uses too. A paragraph without status, as in images without a
   * package manager, is of an installed package.
   */
  static Set<String> debian(String text) {
    Set<String> installed = new HashSet<>();
    for (String paragraph : text.split("\n\\s*\n", -1)) {
      if (isInstalled(field(paragraph, STATUS))) {
        add(installed, field(paragraph, PACKAGE));
        for (String provided : field(paragraph, PROVIDES).split(",", -1)) {
          add(installed, provided.strip().replaceAll("[\\s(:].*", ""));
        }
      }
    }
    return Set.copyOf(installed);
  }

  /** The same of apk's file {@code installed}; libraries and commands provided are no packages. */
  static Set<String> alpine(String text) {
    Set<String> installed = new HashSet<>();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("P:")) {
        add(installed, line.substring(2));
      } else if (line.startsWith("p:")) {
        for (String provided : line.substring(2).split(" ", -1)) {
          add(installed, provided.replaceAll("[=<>~].*", ""));
        }
      }
    }
    installed.removeIf(name -> name.contains(":"));
    return Set.copyOf(installed);
  }

  /** One name a line. */
  static Set<String> names(String text) {
    Set<String> names = new HashSet<>(List.of(text.split("\\s+")));
    names.remove("");
    return Set.copyOf(names);
  }

  /** The state is the third word: {@code install ok installed}. */
  private static boolean isInstalled(String status) {
    return status.isEmpty() || status.endsWith(" installed");
  }

  /** Of one line; texts that go on in further lines are not asked for. */
  private static String field(String paragraph, String key) {
    int at = paragraph.startsWith(key) ? 0 : paragraph.indexOf("\n" + key) + 1;
    if (at == 0 && !paragraph.startsWith(key)) {
      return "";
    }
    int end = paragraph.indexOf('\n', at);
    return paragraph.substring(at + key.length(), end < 0 ? paragraph.length() : end).strip();
  }

  private static void add(Set<String> names, String name) {
    if (!name.isBlank()) {
      names.add(name.strip());
    }
  }
}
