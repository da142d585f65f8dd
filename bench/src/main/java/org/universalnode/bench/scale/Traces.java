package org.universalnode.bench.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.universalnode.bench.harness.Samples;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;

/**
 * How much of a node is in the kernel, counted by the mark that everything of it bears.
 *
 * @param pins of BPF maps and programs
 * @param controlGroups folders, in all hierarchies
 */
record Traces(long namespaces, long links, long pins, long controlGroups) {
  private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");

  static final Traces NONE = new Traces(0, 0, 0, 0);

  /** What there is of the node of that name. */
  static Traces of(String node) {
    return new Traces(
        NetworkNamespace.names(node + "-").size(),
        links("universal-node/" + node + "/"),
        below(BpfFilesystem.ROOT.resolve("universal-node").resolve(node)),
        controlGroups(Path.of("universal-node", node)));
  }

  /** Each number by the word for what it counts, always in the same order. */
  Map<String, Samples> kinds() {
    Map<String, Samples> kinds = new LinkedHashMap<>();
    kinds.put("namespaces", Samples.once((double) namespaces));
    kinds.put("links", Samples.once((double) links));
    kinds.put("BPF pins", Samples.once((double) pins));
    kinds.put("cgroups", Samples.once((double) controlGroups));
    return kinds;
  }

  private static long links(String mark) {
    try (RouteSocket route = RouteSocket.open()) {
      return route.links().stream().filter(link -> link.alias().startsWith(mark)).count();
    }
  }

  /** In the hierarchy of v2, or in those of v1 controllers. */
  private static long controlGroups(Path ours) {
    try (Stream<Path> hierarchies = Files.list(CONTROL_GROUPS)) {
      List<Path> roots =
          Stream.concat(Stream.of(CONTROL_GROUPS), hierarchies.filter(Files::isDirectory)).toList();
      return roots.stream().mapToLong(root -> folders(root.resolve(ours))).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long folders(Path root) {
    if (!Files.isDirectory(root)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isDirectory).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long below(Path root) {
    if (!Files.exists(root)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
