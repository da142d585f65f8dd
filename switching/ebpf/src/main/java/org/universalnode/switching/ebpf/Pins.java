package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.linux.BpfFilesystem;

/**
 * Where the maps and programs of a node are in the kernel's BPF file system. A folder in it, whose
 * name is the layout of the maps, tells pins that can be taken over from those that can't.
 */
record Pins(String node) {
  /** Another one whenever the data plane would misread what an earlier one left. */
  static final String LAYOUT = "layout-2";

  private static final Path ALL_NODES = BpfFilesystem.ROOT.resolve("universal-node");
  private static final Path BEFORE = BpfFilesystem.ROOT.resolve("universal-node-before");

  Path folder() {
    return ALL_NODES.resolve(node);
  }

  /** Whether the node has any, of whatever layout. */
  boolean arePresent() {
    return Files.exists(folder()) || Files.exists(BEFORE.resolve(node));
  }

  /**
   * Makes the folder; pins of another layout are moved away from there.
   *
   * @return what was moved, also by a process that died before it was done with it
   */
  Optional<Predecessor> open() throws IOException {
    Path before = BEFORE.resolve(node);
    boolean present = Files.exists(folder()) && !content(folder()).isEmpty();
    if (present && !Files.exists(folder().resolve(LAYOUT))) {
      if (Files.exists(before)) {
        remove(folder()); // never finished, as what is there before it tells
      } else {
        Files.createDirectories(BEFORE);
        Files.move(folder(), before, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Files.createDirectories(folder().resolve(LAYOUT));
    return Files.exists(before) ? Optional.of(Predecessor.at(before)) : Optional.empty();
  }

  /** Removes everything this node has there. */
  void remove() throws IOException {
    remove(folder());
  }

  /** Removes a folder, and the one it is in if that is empty then. */
  static void remove(Path folder) throws IOException {
    for (Path pin : content(folder)) {
      Files.deleteIfExists(pin);
    }
    Files.deleteIfExists(folder);
    Path parent = folder.getParent();
    if (parent != null && content(parent).isEmpty()) {
      Files.deleteIfExists(parent);
    }
  }

  private static List<Path> content(Path folder) throws IOException {
    List<Path> content = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(content::add);
    }
    return content;
  }
}
