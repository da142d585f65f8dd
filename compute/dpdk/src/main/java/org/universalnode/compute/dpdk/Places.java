package org.universalnode.compute.dpdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.InstanceName;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.NetworkNamespace;

/** Where each instance of a node is: folder, namespace and cgroup have one name. */
final class Places {
  private static final Path ALL_CGROUPS = Path.of("universal-node");

  /** The nodes' own; short, for the path of a Unix socket has 107 bytes at most (unix(7)). */
  private static final Path ALL_SOCKETS = Path.of("/run/universal-node");

  /** What DPDK's processes have beside their memory, and leave. */
  private static final Path RUN = Path.of("/var/run/dpdk");

  private final String node;
  private final Path folders;
  private final ControlGroups cgroups;

  Places(String node, Path folders, ControlGroups cgroups) {
    this.node = node;
    this.folders = folders;
    this.cgroups = cgroups;
  }

  /** Closes the folder of all instances to everybody but the node. */
  void prepare() {
    try {
      Files.createDirectories(folders);
      Files.setPosixFilePermissions(folders, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path root() {
    return folders;
  }

  Place of(InstanceId id) {
    return named(InstanceName.of(prefix(), id));
  }

  /** No name that a driver of another kind gives is like it. */
  private String prefix() {
    return node + "-dpdk";
  }

  private Place named(String name) {
    Path cgroupPath = ALL_CGROUPS.resolve(node).resolve(name);
    String brief = node + "-" + name.substring(name.lastIndexOf('-') + 1);
    return new Place(
        new InstanceFolder(folders.resolve(name)),
        NetworkNamespace.named(name),
        cgroups.at(cgroupPath),
        cgroupPath,
        ALL_SOCKETS.resolve(brief),
        RUN.resolve(brief));
  }

  /** Of all instances that are there in whole or in part. */
  List<Place> all() {
    List<Place> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folders)) {
      all.forEach(folder -> found.add(named(String.valueOf(folder.getFileName()))));
    } catch (NoSuchFileException e) {
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** What has lost its folder: nobody can say any more what it was. */
  List<Place> withoutFolder() {
    return NetworkNamespace.names(prefix() + "-").stream()
        .filter(name -> name.matches(".*-[0-9a-f]{8}"))
        .map(this::named)
        .filter(place -> !place.folder().exists())
        .toList();
  }

  /** Removes what all instances have in common, once there is none. */
  void removeCommon() {
    cgroups.removeIfEmpty(ALL_CGROUPS.resolve(node));
    cgroups.removeIfEmpty(ALL_CGROUPS);
  }
}
