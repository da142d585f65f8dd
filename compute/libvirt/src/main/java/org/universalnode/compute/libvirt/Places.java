package org.universalnode.compute.libvirt;

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

/** Where each instance of a node is: folder and domain have one name. */
final class Places {
  /** Short, for the path of a Unix socket has 107 bytes at most (unix(7)). */
  private static final Path SOCKETS = Path.of("/run/universal-node");

  private final String node;
  private final Path state;

  Places(String node, Path state) {
    this.node = node;
    this.state = state;
  }

  /** Closes the folders to everybody but the node. */
  void prepare() {
    try {
      for (Path folder : List.of(root(), commands())) {
        Files.createDirectories(folder);
      }
      Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx--x--x"));
      Files.setPosixFilePermissions(commands(), PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String node() {
    return node;
  }

  Path root() {
    return state.resolve("instances");
  }

  /** For what commands print. */
  Path commands() {
    return state.resolve("commands");
  }

  /** Where it is kept whether KVM works. */
  Path kvm() {
    return state.resolve("kvm");
  }

  Place of(InstanceId id) {
    return named(InstanceName.of(prefix(), id));
  }

  /** Whether a domain can only be one of this node's. */
  boolean isOurs(String domain) {
    return domain.startsWith(prefix() + "-") && domain.matches(".*-[0-9a-f]{8}");
  }

  Place named(String name) {
    return new Place(
        name, node, new InstanceFolder(root().resolve(name)), SOCKETS.resolve(node + "-vm"));
  }

  /** Of all instances that are there in whole or in part. */
  List<Place> all() {
    List<Place> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root())) {
      all.forEach(folder -> found.add(named(String.valueOf(folder.getFileName()))));
    } catch (NoSuchFileException e) {
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** No name that a driver of another kind gives is like it. */
  private String prefix() {
    return node + "-vm";
  }
}
