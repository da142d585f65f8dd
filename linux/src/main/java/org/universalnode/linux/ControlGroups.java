package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cgroup hierarchies of this machine: pure v2, pure v1, or the hybrid in which processes are
 * tracked by v2 and limited by v1.
 */
public final class ControlGroups {
  private static final Path UNMOUNTED = Path.of("/");

  /** Limits that cost nearly nothing; a cpu quota does and is not set here. */
  public record Limits(long memoryBytes, int processes) {}

  private final Optional<Path> unified;
  private final Map<String, Path> controllers;

  private ControlGroups(Optional<Path> unified, Map<String, Path> controllers) {
    this.unified = unified;
    this.controllers = controllers;
  }

  /** Reads the mounts of this machine. */
  public static ControlGroups detect() {
    return of(Mounts.read());
  }

  static ControlGroups of(Mounts mounts) {
    Map<String, Path> controllers = new LinkedHashMap<>();
    for (String controller : List.of("pids", "memory")) {
      mounts.controller(controller).ifPresent(at -> controllers.put(controller, at.point()));
    }
    return new ControlGroups(mounts.ofType("cgroup2").map(Mounts.Mount::point), controllers);
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
    if (path.isAbsolute() || path.equals(UNMOUNTED) || path.toString().contains("..")) {
      throw new IllegalArgumentException("not a cgroup path: " + path);
    }
    return new ControlGroup(roots().stream().map(root -> root.resolve(path)).toList());
  }

  /** Makes the cgroup with its parents and sets what limits this machine can set. */
  public ControlGroup create(Path path, Limits limits) {
    ControlGroup group = at(path);
    try {
      for (Path root : roots()) {
        enableControllers(root, path);
        Files.createDirectories(root.resolve(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Path folder : group.folders()) {
      writeIfThere(folder.resolve("pids.max"), String.valueOf(limits.processes()));
      writeIfThere(folder.resolve("memory.max"), String.valueOf(limits.memoryBytes()));
      writeIfThere(folder.resolve("memory.limit_in_bytes"), String.valueOf(limits.memoryBytes()));
    }
    return group;
  }

  /** Paths of the leaf cgroups below {@code path}, relative to the hierarchy's root. */
  public List<Path> below(Path path) {
    List<Path> found = new ArrayList<>();
    for (Path root : roots()) {
      Path top = root.resolve(path);
      if (!Files.isDirectory(top)) {
        continue;
      }
      try (var walk = Files.walk(top, 4)) {
        walk.filter(Files::isDirectory)
            .map(root::relativize)
            .filter(folder -> !found.contains(folder))
            .forEach(found::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
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

  /** The hierarchy that tracks processes first, then those that limit them. */
  private List<Path> roots() {
    List<Path> roots = new ArrayList<>();
    unified.ifPresent(roots::add);
    roots.addAll(controllers.values());
    return roots.stream().distinct().toList();
  }

  /** In v2 a cgroup has a controller only if each of its ancestors passes it down. */
  private void enableControllers(Path root, Path path) throws IOException {
    if (!Optional.of(root).equals(unified)) {
      return;
    }
    Path folder = root;
    for (Path name : path) {
      Path offered = folder.resolve("cgroup.controllers");
      List<String> words = List.of(Files.readString(offered).strip().split(" "));
      for (String controller : List.of("pids", "memory")) {
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
