package org.universalnode.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The cgroups of a node's instances, in each hierarchy, as the files of the kernel show them. */
public final class NodeCgroups {
  /** Where the kernel shows all hierarchies. */
  public static final Path ROOT = Path.of("/sys/fs/cgroup");

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private NodeCgroups() {}

  /** The topmost of each hierarchy that has some. */
  public static List<Path> of(String node) {
    try (Stream<Path> hierarchies = Files.list(ROOT)) {
      return Stream.concat(Stream.of(ROOT), hierarchies)
          .map(hierarchy -> hierarchy.resolve("universal-node").resolve(node))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One and all below it; those below come later. */
  public static List<Path> with(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException e) {
      return List.of(); // it went meanwhile
    }
  }

  /** Of one cgroup. */
  public static List<Integer> processes(Path cgroup) {
    try {
      return Files.readAllLines(cgroup.resolve("cgroup.procs")).stream()
          .map(Integer::valueOf)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes one and all below it, whose processes have been killed. */
  static void remove(Path root) {
    for (Path cgroup : with(root).reversed()) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (Files.isDirectory(cgroup) && !cgroup.toFile().delete()) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(cgroup + " does not go");
        }
        Thread.onSpinWait(); // its last process is about to be reaped
      }
    }
  }
}
