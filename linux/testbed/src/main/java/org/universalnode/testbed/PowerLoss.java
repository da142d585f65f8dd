package org.universalnode.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.Link;
import org.universalnode.linux.MemoryFolder;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;

/**
 * A node's machine loses its power: all that the node, which has ended, has in the kernel goes; its
 * files stay.
 *
 * @param node its name
 * @param state the folder of its files
 * @param interfaces of the machine that it may use; they stay, as cables do, without its programs
 */
public record PowerLoss(String node, Path state, Collection<String> interfaces) {

  /** Takes away what is there. */
  public void strike() {
    NodeCgroups.of(node).stream()
        .flatMap(root -> NodeCgroups.with(root).stream())
        .flatMap(cgroup -> NodeCgroups.processes(cgroup).stream())
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    mounts(state).forEach(place -> new MemoryFolder(place).unmount());
    NetworkNamespace.names(node + "-").stream()
        .filter(name -> !name.matches(".*-h\\d+")) // hosts of a test beside it
        .forEach(name -> NetworkNamespace.named(name).delete());
    removeLinks();
    delete(BpfFilesystem.ROOT.resolve("universal-node").resolve(node));
    delete(BpfFilesystem.ROOT.resolve("universal-node-before").resolve(node));
    NodeCgroups.of(node).forEach(NodeCgroups::remove);
  }

  /** Places below a folder where something is mounted. */
  public static List<Path> mounts(Path folder) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mounts"))) {
      return lines
          .map(line -> line.split(" ", -1)[1])
          .filter(place -> place.startsWith(folder + "/"))
          .map(Path::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void removeLinks() {
    try (RouteSocket route = RouteSocket.open()) {
      route.links().stream()
          .filter(link -> link.alias().contains("/" + node + "/"))
          .map(Link::name)
          .forEach(route::deleteLink);
    }
    interfaces.forEach(PowerLoss::forgetFilters);
  }

  /** There are none if the switch has given the interface back. */
  private static void forgetFilters(String interfaceName) {
    try {
      new ProcessBuilder("/sbin/tc", "qdisc", "del", "dev", interfaceName, "clsact")
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
