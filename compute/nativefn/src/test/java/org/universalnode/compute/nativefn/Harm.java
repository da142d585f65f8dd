package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.ProcessStat;
import org.universalnode.linux.RouteSocket;

/** What others may do to an instance. */
final class Harm {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private Harm() {}

  static void kill(int pid) {
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  /** Returns when all have ended. */
  static void killAll(Set<Integer> processes) {
    processes.forEach(Harm::kill);
    while (processes.stream().anyMatch(Harm::lives)) {
      Thread.onSpinWait();
    }
  }

  static boolean lives(int pid) {
    return ProcessStat.of(pid).filter(ProcessStat::alive).isPresent();
  }

  /** Ends the keeper of a confined instance. */
  static void killKeeper(Path folder) {
    killAll(Set.of(KeeperRecord.read(folder.resolve("keeper")).orElseThrow().pid()));
  }

  static void unpin(String namespace) {
    NetworkNamespace.named(namespace).delete();
  }

  /** Leaves the empty file on which it was mounted. */
  static void unmount(String namespace) throws Exception {
    unmount(NetworkNamespace.named(namespace).path());
  }

  static void unmount(Path path) throws Exception {
    assertThat(new ProcessBuilder("umount", path.toString()).inheritIO().start().waitFor())
        .isZero();
  }

  static void deletePort(String namespace, String name) {
    try (RouteSocket inside = NetworkNamespace.named(namespace).routeSocket()) {
      inside.deleteLink(name);
    }
  }

  /** One that has no processes. */
  static void removeCgroup(String name) throws IOException {
    try (Stream<Path> hierarchies = Files.list(CGROUPS)) {
      for (Path hierarchy : Stream.concat(Stream.of(CGROUPS), hierarchies).toList()) {
        Path universal = hierarchy.resolve("universal-node");
        if (Files.isDirectory(universal)) {
          Files.deleteIfExists(universal.resolve(name.split("-", 2)[0]).resolve(name));
        }
      }
    }
  }

  /** As "rm -rf", which leaves what something is mounted on. */
  static void removeFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        file.toFile().delete();
      }
    }
  }
}
