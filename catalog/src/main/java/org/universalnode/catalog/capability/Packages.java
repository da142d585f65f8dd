package org.universalnode.catalog.capability;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Installed packages, by whichever databases the machine has. Those of dpkg, opkg and apk are text
 * and read when they have changed; the one of rpm is asked through its program.
 */
final class Packages {
  private static final List<String> RPM_DATABASES =
      List.of("/var/lib/rpm", "/usr/lib/sysimage/rpm");
  private static final List<String> RPM_QUERY = List.of("-qa", "--qf", "%{NAME}\\n");
  private static final String DPKG_FOLDER = "/var/lib/dpkg/status.d";
  private static final Duration RPM_LIMIT = Duration.ofSeconds(5);

  private final FileTree tree;
  private final Executables executables;
  private final Programs programs;
  private final List<FromFile<Set<String>>> texts;
  private final Recent<FileTree.Stamp, Set<String>> rpm = new Recent<>(Duration.ofHours(1));

  Packages(FileTree tree, Executables executables, Programs programs) {
    this.tree = tree;
    this.executables = executables;
    this.programs = programs;
    this.texts =
        List.of(
            debian(tree, "/var/lib/dpkg/status"),
            debian(tree, "/usr/lib/opkg/status"),
            debian(tree, "/opt/lib/opkg/status"),
            alpine(tree, "/lib/apk/db/installed"),
            alpine(tree, "/usr/lib/apk/db/installed"));
  }

  /** Whether it is installed; empty if the machine has no database of packages that we know. */
  Optional<Boolean> isInstalled(String name) {
    if (texts.stream().anyMatch(text -> text.get().contains(name))
        || tree.exists(DPKG_FOLDER + "/" + name)) {
      return Optional.of(true);
    }
    Optional<String> database = RPM_DATABASES.stream().filter(tree::exists).findFirst();
    Optional<Boolean> byRpm = database.map(folder -> byRpm(folder).contains(name));
    boolean known = texts.stream().anyMatch(FromFile::exists) || tree.exists(DPKG_FOLDER);
    return known ? Optional.of(byRpm.orElse(false)) : byRpm;
  }

  private Set<String> byRpm(String folder) {
    FileTree.Stamp stamp =
        Stream.concat(Stream.of(""), tree.names(folder).stream().map(name -> "/" + name))
            .map(name -> tree.stamp(folder + name))
            .reduce(
                FileTree.Stamp.NONE,
                (one, other) ->
                    new FileTree.Stamp(
                        Math.max(one.modified(), other.modified()), one.bytes() + other.bytes()));
    return rpm.get(stamp, _ -> query());
  }

  /** An rpm database without rpm, as on a Debian that once used alien, holds nothing of ours. */
  private Set<String> query() {
    return executables
        .find("rpm")
        .map(rpm -> Stream.concat(Stream.of(rpm), RPM_QUERY.stream()).toList())
        .map(command -> PackageTexts.names(programs.run(command, RPM_LIMIT).orThrow()))
        .orElse(Set.of());
  }

  private static FromFile<Set<String>> debian(FileTree tree, String path) {
    return new FromFile<>(tree, path, PackageTexts::debian, Set.of());
  }

  private static FromFile<Set<String>> alpine(FileTree tree, String path) {
    return new FromFile<>(tree, path, PackageTexts::alpine, Set.of());
  }
}
