package org.universalnode.compute.docker;

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
import org.universalnode.linux.NetworkNamespace;

/**
 * Where each instance of a node is: folder, namespace and container have one name.
 *
 * @param root folder of the folders
 */
record Places(String node, Path root) {

  /** Closes the folder of all instances to everybody but the node. */
  void prepare() {
    try {
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Place of(InstanceId id) {
    return named(InstanceName.of(prefix(), id));
  }

  Place named(String name) {
    return new Place(new InstanceFolder(root.resolve(name)), NetworkNamespace.named(name));
  }

  /** Of all instances that are there in whole or in part. */
  List<Place> all() {
    List<Place> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root)) {
      all.forEach(folder -> found.add(named(String.valueOf(folder.getFileName()))));
    } catch (NoSuchFileException e) {
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Pinned namespaces of instances that have lost their folder. */
  List<Place> pinnedOnly() {
    return NetworkNamespace.names(prefix() + "-").stream()
        .filter(name -> name.matches(".*-[0-9a-f]{8}"))
        .map(this::named)
        .filter(place -> !place.folder().exists())
        .toList();
  }

  /** No name that a driver of another kind gives is like it. */
  private String prefix() {
    return node + "-docker";
  }
}
