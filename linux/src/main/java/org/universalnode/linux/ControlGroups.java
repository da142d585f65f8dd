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
import java.util.stream.Stream;

/**
 * The cgroup hierarchies of this machine. Where the pids controller is a v1 hierarchy, as on v1 and
 * hybrid systems, processes are tracked and limited there; else in v2.
 */
public final class ControlGroups {
  private static final List<String> CONTROLLERS = List.of("pids", "memory");
  private static final int ATTEMPTS = 10;

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
    if (mounts.controller("pids").isPresent()) {
      for (String controller : CONTROLLERS) {
        mounts.controller(controller).ifPresent(at -> controllers.put(controller, at.point()));
      }
    }
    Optional<Path> unified =
        controllers.isEmpty()
            ? mounts.ofType("cgroup2").map(Mounts.Mount::point)
            : Optional.empty();
    return new ControlGroups(unified, controllers);
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
        limiting().stream().map(root -> root.resolve(path)).toList());
  }

  /** Makes the cgroup with its parents and sets what limits this machine can set. */
  public ControlGroup create(Path path, Limits limits) {
    ControlGroup group = at(path);
    makeFolders(path);
    for (Path folder : group.folders()) {
      writeIfThere(folder.resolve("pids.max"), String.valueOf(limits.processes()));
      writeIfThere(folder.resolve("memory.max"), String.valueOf(limits.memoryBytes()));
      writeIfThere(folder.resolve("memory.limit_in_bytes"), String.valueOf(limits.memoryBytes()));
    }
    return group;
  }

  /** Somebody may remove an empty parent while a child is being made in it: then again. */
  private void makeFolders(Path path) {
    for (int attempt = 1; ; attempt++) {
      try {
        for (Path root : roots()) {
          enableControllers(root, path);
          Files.createDirectories(root.resolve(path));
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
    return Stream.concat(unified.stream(), limiting().stream()).toList();
  }

  /** Two controllers may share a hierarchy. */
  private List<Path> limiting() {
    return controllers.values().stream().distinct().toList();
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
      for (String controller : CONTROLLERS) {
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
