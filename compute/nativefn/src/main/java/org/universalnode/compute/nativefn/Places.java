package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.InstanceName;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.NetworkNamespace;

/** Where each instance of a node is: folder, namespace and cgroup have one name. */
final class Places {
  private static final Path ALL_CGROUPS = Path.of("universal-node");

  private final String node;
  private final Path folders;
  private final ControlGroups cgroups;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  Places(String node, Path folders, ControlGroups cgroups) {
    this.node = node;
    this.folders = folders;
    this.cgroups = cgroups;
  }

  /** Closes the folder of all instances to everybody but the node, whoever made it. */
  void prepare() {
    try {
      Files.createDirectories(folders);
      Files.setPosixFilePermissions(folders, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of an instance, or of a graph's part of a shared one. */
  Place of(InstanceId id) {
    return named(InstanceName.of(node, id));
  }

  /** Of a shared instance. */
  Place shared(String name) {
    return named(InstanceName.ofShared(node, name));
  }

  Place named(String name) {
    Path cgroupPath = ALL_CGROUPS.resolve(node).resolve(name);
    return new Place(
        new InstanceFolder(folders.resolve(name)),
        NetworkNamespace.named(name),
        cgroups.at(cgroupPath),
        cgroupPath);
  }

  /** The folder in which they are. */
  Path root() {
    return folders;
  }

  /**
   * Where an instance's processes and ports are.
   *
   * @param place of the instance itself
   */
  Place whole(Handle handle, Place place) {
    return handle.part().map(part -> shared(part.shared())).orElse(place);
  }

  /** The folders of all instances and parts. */
  List<InstanceFolder> all() {
    return InstanceFolder.all(folders);
  }

  /** Where the namespace of an instance is that has no folder any more. */
  List<Place> withoutFolder() {
    return NetworkNamespace.names(node + "-").stream()
        .filter(InstanceName::isOne)
        .map(this::named)
        .filter(place -> !place.folder().exists())
        .toList();
  }

  /** Removes the cgroups that all instances have in common, once there is none. */
  void removeCommonCgroups() {
    cgroups.removeIfEmpty(ALL_CGROUPS.resolve(node));
    cgroups.removeIfEmpty(ALL_CGROUPS);
  }

  /** Held while a shared instance or who takes part in it changes. */
  ReentrantLock lock(String shared) {
    return locks.computeIfAbsent(shared, _ -> new ReentrantLock());
  }
}
