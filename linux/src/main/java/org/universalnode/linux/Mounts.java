package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is mounted where, as this process sees it (proc_pid_mountinfo(5)). */
record Mounts(List<Mount> all) {

  /**
   * One mount.
   *
   * @param type file system, such as {@code cgroup2}
   * @param options comma-separated options of the file system itself
   */
  record Mount(Path point, String type, List<String> options) {}

  static Mounts read() {
    try {
      return parse(Files.readAllLines(Path.of("/proc/self/mountinfo")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Mounts parse(List<String> lines) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : lines) {
      List<String> fields = List.of(line.split(" "));
      int separator = fields.indexOf("-");
      Path point = Path.of(unescaped(fields.get(4)));
      List<String> options = List.of(fields.get(separator + 3).split(","));
      mounts.add(new Mount(point, fields.get(separator + 1), options));
    }
    return new Mounts(List.copyOf(mounts));
  }

  boolean has(Path point) {
    return all.stream().anyMatch(mount -> mount.point().equals(point));
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
