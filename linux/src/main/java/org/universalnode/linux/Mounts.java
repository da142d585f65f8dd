package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is mounted where, as this process sees it (proc_pid_mountinfo(5)). */
record Mounts(List<Mount> all) {
  /** The field that says where. */
  private static final int POINT = 4;

  /**
   * One mount.
   *
   * @param type file system, such as {@code cgroup2}
   * @param options comma-separated options of the file system itself
   */
  record Mount(Path point, String type, List<String> options) {}

  static Mounts read() {
    return parse(lines());
  }

  /** Names of what is mounted right in that folder now, where there may be thousands. */
  static Set<String> in(Path folder) {
    String beginning = folder + "/";
    Set<String> names = new HashSet<>();
    for (String line : lines()) {
      String point = point(line);
      if (point.startsWith(beginning) && point.indexOf('/', beginning.length()) < 0) {
        names.add(unescaped(point.substring(beginning.length())));
      }
    }
    return names;
  }

  private static String point(String line) {
    int at = 0;
    for (int field = 0; field < POINT; field++) {
      at = line.indexOf(' ', at) + 1;
    }
    return line.substring(at, line.indexOf(' ', at));
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(Path.of("/proc/self/mountinfo"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Mounts parse(List<String> lines) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : lines) {
      List<String> fields = List.of(line.split(" "));
      int separator = fields.indexOf("-");
      Path point = Path.of(unescaped(fields.get(POINT)));
      List<String> options = List.of(fields.get(separator + 3).split(","));
      mounts.add(new Mount(point, fields.get(separator + 1), options));
    }
    return new Mounts(List.copyOf(mounts));
  }

  Optional<Mount> ofType(String type) {
    return all.stream().filter(mount -> mount.type().equals(type)).findFirst();
  }

  /** The mount of a cgroup v1 controller. */
  Optional<Mount> controller(String name) {
    return all.stream()
        .filter(mount -> mount.type().equals("cgroup") && mount.options().contains(name))
        .findFirst();
  }

  private static String unescaped(String field) {
    return field.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }
}
