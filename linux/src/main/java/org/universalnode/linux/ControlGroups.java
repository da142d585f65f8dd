package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The cgroup hierarchies of this machine. Where the pids controller is a v1 hierarchy, as on v1 and
 * hybrid systems, processes are tracked and limited there; else in v2.
 */
public final class ControlGroups {
  private static final List<String> CONTROLLERS = List.of("pids", "memory", "cpuset", "freezer");
  private static final String CPU = "cpu";
  private static final int PERIOD_MICROSECONDS = 100_000;
  private static final List<String> ALL =
      Stream.concat(CONTROLLERS.stream(), Stream.of(CPU)).toList();
  private static final int ATTEMPTS = 10;

  /**
   * What the processes of a cgroup may use together.
   *
   * @param cpuPercent of one core; only on demand, for membership of a cpu cgroup slows what runs
   *     on several cores even if the limit is never met
   */
  public record Limits(long memoryBytes, int processes, OptionalInt cpuPercent) {

    /** Those that cost nearly nothing. */
    public Limits(long memoryBytes, int processes) {
      this(memoryBytes, processes, OptionalInt.empty());
    }
  }

  private final Optional<Path> unified;
  private final Map<String, Path> controllers;
  private final Optional<Path> cpu;

  private ControlGroups(Optional<Path> unified, Map<String, Path> controllers, Optional<Path> cpu) {
    this.unified = unified;
    this.controllers = controllers;
    this.cpu = cpu;
  }

  /** Reads the mounts of this machine. */
  public static ControlGroups detect() {
    return of(Mounts.read());
  }

  static ControlGroups of(Mounts mounts) {
    Map<String, Path> controllers = new LinkedHashMap<>();
    if (mounts.controller("pids").isPresent()) {
      for (String controller : CONTROLLERS) {
        mounts.controller(controller).ifPresent(at -> controllers.put(controller, at.point()));
      }
    }
    Optional<Path> unified =
        controllers.isEmpty()
            ? mounts.ofType("cgroup2").map(Mounts.Mount::point)
            : Optional.empty();
    Optional<Path> cpu =
        controllers.isEmpty() ? Optional.empty() : mounts.controller(CPU).map(Mounts.Mount::point);
    return new ControlGroups(unified, controllers, cpu);
  }

  /** Why no cgroup can be made here; empty if one can. */
  public String missing() {
    return unified.isEmpty() && controllers.isEmpty() ? "no cgroup hierarchy is mounted" : "";
  }

  /**
   * The cgroup at {@code path}, whether it exists or not.
   *
   * @param path relative, such as {@code universal-node/g1/firewall}
   */
  public ControlGroup at(Path path) {
    if (path.isAbsolute() || path.toString().contains("..")) {
      throw new IllegalArgumentException("not a cgroup path: " + path);
    }
    return new ControlGroup(
        unified.stream().map(root -> root.resolve(path)).toList(),
        Stream.concat(
                limiting().stream().map(root -> root.resolve(path)),
                cpu.stream().map(root -> root.resolve(path)).filter(Files::isDirectory))
            .distinct()
            .toList());
  }

  /** Makes the cgroup with its parents and sets what limits this machine can set. */
  public ControlGroup create(Path path, Limits limits) {
    boolean limited = limits.cpuPercent().isPresent();
    makeFolders(path, limited);
    ControlGroup group = at(path);
    for (Path folder : group.folders()) {
      writeIfThere(folder.resolve("pids.max"), String.valueOf(limits.processes()));
      limitMemory(folder, String.valueOf(limits.memoryBytes()));
      String quota = limited ? String.valueOf(quota(limits.cpuPercent().getAsInt())) : "";
      writeIfThere(
          folder.resolve("cpu.max"), (limited ? quota : "max") + " " + PERIOD_MICROSECONDS);
      writeIfThere(folder.resolve("cpu.cfs_quota_us"), limited ? quota : "-1");
    }
    return group;
  }

  /**
   * What is beyond it does not go to swap either. In v1 the limit with swap is never less than that
   * without, so which of them comes first depends on what they were.
   */
  private static void limitMemory(Path folder, String bytes) {
    writeIfThere(folder.resolve("memory.max"), bytes);
    writeIfThere(folder.resolve("memory.swap.max"), "0");
    Path swap = folder.resolve("memory.memsw.limit_in_bytes");
    Path memory = folder.resolve("memory.limit_in_bytes");
    try {
      writeIfThere(memory, bytes);
    } catch (KernelException e) {
      writeIfThere(swap, bytes);
      writeIfThere(memory, bytes);
    }
    writeIfThere(swap, bytes);
  }

  private static int quota(int percent) {
    return percent * (PERIOD_MICROSECONDS / 100);
  }

  /** Somebody may remove an empty parent while a child is being made in it: then again. */
  private void makeFolders(Path path, boolean limitCpu) {
    for (int attempt = 1; ; attempt++) {
      try {
        for (Path root : limitCpu ? roots() : rootsWithoutCpu()) {
          enableControllers(root, path, limitCpu);
          Files.createDirectories(root.resolve(path));
          inheritCores(root, path);
        }
        return;
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw new UncheckedIOException(e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Removes the cgroup at {@code path} if nothing is left in it. */
  public void removeIfEmpty(Path path) {
    for (Path root : roots()) {
      try {
        Files.deleteIfExists(root.resolve(path));
      } catch (IOException e) {
        return; // somebody is still in it
      }
    }
  }

  static void write(Path file, String value) {
    try {
      Files.writeString(file, value);
    } catch (IOException e) {
      if (Files.exists(file)) {
        throw new KernelException(
            "write " + value + " to " + file, 5, String.valueOf(e.getMessage()));
      }
    }
  }

  private List<Path> roots() {
    return Stream.concat(rootsWithoutCpu().stream(), cpu.stream()).distinct().toList();
  }

  private List<Path> rootsWithoutCpu() {
    return Stream.concat(unified.stream(), limiting().stream()).toList();
  }

  /** In v1 a new cgroup has no cores and no memory nodes, and nothing can enter it (cpuset(7)). */
  private void inheritCores(Path root, Path path) throws IOException {
    if (!Optional.of(root).equals(Optional.ofNullable(controllers.get("cpuset")))) {
      return;
    }
    Path parent = root;
    for (Path name : path) {
      Path folder = parent.resolve(name);
      for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
        if (Files.readString(folder.resolve(file)).isBlank()) {
          write(folder.resolve(file), Files.readString(parent.resolve(file)).strip());
        }
      }
      parent = folder;
    }
  }

  /** Two controllers may share a hierarchy. */
  private List<Path> limiting() {
    return controllers.values().stream().distinct().toList();
  }

  /** In v2 a cgroup has a controller only if each of its ancestors passes it down. */
  private void enableControllers(Path root, Path path, boolean limitCpu) throws IOException {
    if (!Optional.of(root).equals(unified)) {
      return;
    }
    Path folder = root;
    for (Path name : path) {
      Path offered = folder.resolve("cgroup.controllers");
      List<String> words = List.of(Files.readString(offered).strip().split(" "));
      for (String controller : limitCpu ? ALL : CONTROLLERS) {
        if (words.contains(controller)) {
          write(folder.resolve("cgroup.subtree_control"), "+" + controller);
        }
      }
      folder = folder.resolve(name);
      Files.createDirectories(folder);
    }
  }

  private static void writeIfThere(Path file, String value) {
    if (Files.exists(file)) {
      write(file, value);
    }
  }
}
