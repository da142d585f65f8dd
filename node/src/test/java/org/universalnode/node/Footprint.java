package org.universalnode.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.ProcessStat;
import org.universalnode.linux.RouteSocket;
import org.universalnode.node.store.GraphStore;
import org.universalnode.testbed.NodeCgroups;
import org.universalnode.testbed.PowerLoss;

/**
 * Everything that a node has in the kernel, on the disk and in its store, one line each, in order:
 * what two lives of a node that wants the same have in common to the line.
 */
record Footprint(List<String> lines) {

  /** Maps with an entry for each thing. Others have a fixed size, or keep what is used no more. */
  private static final List<String> HASHES = List.of("devices", "joints", "places");

  Footprint {
    lines = List.copyOf(lines);
  }

  /** As it is at this moment. */
  static Footprint of(String node, Path state) {
    List<String> lines = new ArrayList<>();
    namespaces(node, lines);
    links(node, lines);
    cgroups(node, lines);
    folders(state, lines);
    mounts(state, lines);
    pins(node, lines);
    store(state, lines);
    Collections.sort(lines);
    return new Footprint(lines);
  }

  /** Lines that the other one does not have, or not so often. */
  List<String> without(Footprint other) {
    List<String> more = new ArrayList<>(lines);
    other.lines.forEach(more::remove);
    return more;
  }

  /** How many lines are there more than once. */
  int duplicates() {
    return lines.size() - new TreeSet<>(lines).size();
  }

  private static void namespaces(String node, List<String> lines) {
    for (String name : NetworkNamespace.names(node + "-")) {
      if (!name.matches(".*-h\\d")) {
        lines.add("namespace " + name);
        if (!NetworkNamespace.named(name).exists()) {
          continue; // but for its name: whoever made it died between the two
        }
        try (RouteSocket inside = NetworkNamespace.named(name).routeSocket()) {
          inside.links().forEach(link -> lines.add("interface " + name + "/" + link.name()));
        }
      }
    }
  }

  private static void links(String node, List<String> lines) {
    try (RouteSocket route = RouteSocket.open()) {
      route.links().stream()
          .map(Link::alias)
          .filter(alias -> alias.contains("/" + node + "/"))
          .forEach(alias -> lines.add("link " + alias));
    }
  }

  /** With the names of their processes. */
  private static void cgroups(String node, List<String> lines) {
    for (Path root : NodeCgroups.of(node)) {
      for (Path cgroup : NodeCgroups.with(root)) {
        lines.add("cgroup " + NodeCgroups.ROOT.relativize(cgroup));
        if (root.startsWith(NodeCgroups.ROOT.resolve("pids"))) {
          NodeCgroups.processes(cgroup)
              .forEach(pid -> lines.add("process " + cgroup.getFileName() + " " + name(pid)));
        }
      }
    }
  }

  private static String name(int pid) {
    Optional<ProcessStat> stat = ProcessStat.of(pid);
    return stat.map(ProcessStat::name).orElse("gone");
  }

  private static void folders(Path state, List<String> lines) {
    Path instances = state.resolve("instances");
    try (Stream<Path> files = Files.walk(instances, 2)) {
      files
          .filter(file -> !file.equals(instances))
          .forEach(file -> lines.add("file " + instances.relativize(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void mounts(Path state, List<String> lines) {
    PowerLoss.mounts(state).forEach(place -> lines.add("mount " + state.relativize(place)));
  }

  private static void pins(String node, List<String> lines) {
    for (String all : List.of("universal-node", "universal-node-before")) {
      Path folder = BpfFilesystem.ROOT.resolve(all).resolve(node);
      for (String name : names(folder)) {
        lines.add("pin " + all + "/" + name);
        if (HASHES.contains(name)) {
          try (BpfMap map = BpfMap.pinned(folder.resolve(name))) {
            lines.add("map " + name + " with " + map.keys().size() + " entries");
          }
        }
      }
    }
  }

  private static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private static void store(Path state, List<String> lines) {
    try (GraphStore store = GraphStore.open(state.resolve("node.db"))) {
      store
          .all()
          .forEach(
              graph ->
                  lines.add(
                      "stored %s, %s, %s"
                          .formatted(
                              graph.id(),
                              graph.stage().toString(),
                              graph.earlier().isPresent() ? "being changed" : "as it is")));
    }
  }
}
