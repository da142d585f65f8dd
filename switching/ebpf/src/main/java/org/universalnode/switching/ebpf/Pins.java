package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.universalnode.linux.BpfFilesystem;

/**
 * Where the maps and programs of a node are in the kernel's BPF file system. A folder in it, whose
 * name is the layout of the maps, tells pins that can be taken over from those that can't. Nodes
 * share the folders above theirs: whoever finds one empty removes it, whoever needs it makes it.
 *
 * @param root of the file system
 */
record Pins(Path root, String node) {
  /** Another one whenever the data plane would misread what an earlier one left. */
  static final String LAYOUT = "layout-2";

  /** Others may remove what we need between two of our calls, but hardly so often. */
  private static final int MOST_ATTEMPTS = 1000;

  /** Work that fails if another node removes a folder meanwhile. */
  private interface Work {
    void run() throws IOException;
  }

  Pins(String node) {
    this(BpfFilesystem.ROOT, node);
  }

  Path folder() {
    return all().resolve(node);
  }

  /** Whether the node has any, of whatever layout. */
  boolean arePresent() {
    return Files.exists(folder()) || Files.exists(before());
  }

  /**
   * Makes the folder; pins of another layout are moved away from there.
   *
   * @return where there are pins that were moved, by this process and by those that died before
   *     they were done with them, the oldest first
   */
  List<Path> open() throws IOException {
    boolean present = Files.exists(folder()) && !content(folder()).isEmpty();
    if (present && !Files.exists(folder().resolve(LAYOUT))) {
      List<Path> older = moved();
      int next = older.isEmpty() ? 1 : number(older.getLast()) + 1;
      insist(
          () -> {
            Files.createDirectories(before());
            Path place = before().resolve(String.valueOf(next));
            Files.move(folder(), place, StandardCopyOption.ATOMIC_MOVE);
          });
    }
    insist(() -> Files.createDirectories(folder().resolve(LAYOUT)));
    return moved();
  }

  /**
   * Makes the folder again, and what tells the layout, if somebody removed them.
   *
   * @return whether somebody did
   */
  boolean restoreFolder() throws IOException {
    if (Files.isDirectory(folder().resolve(LAYOUT))) {
      return false;
    }
    insist(() -> Files.createDirectories(folder().resolve(LAYOUT)));
    return true;
  }

  /** Removes everything this node has there, but what was moved. */
  void remove() throws IOException {
    remove(folder());
    removeEmpty(all());
  }

  /** Removes what was moved. */
  void removeMoved() throws IOException {
    for (Path pins : moved()) {
      remove(pins);
    }
    removeEmpty(before());
    removeEmpty(allBefore());
  }

  private Path all() {
    return root.resolve("universal-node");
  }

  private Path allBefore() {
    return root.resolve("universal-node-before");
  }

  private Path before() {
    return allBefore().resolve(node);
  }

  private List<Path> moved() throws IOException {
    List<Path> moved = new ArrayList<>(content(before()));
    moved.removeIf(pins -> !pins.getFileName().toString().matches("\\d{1,9}"));
    moved.sort(Comparator.comparingInt(Pins::number));
    return moved;
  }

  private static int number(Path pins) {
    return Integer.parseInt(pins.getFileName().toString());
  }

  private static void insist(Work work) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        work.run();
        return;
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    for (Path pin : content(folder)) {
      Files.deleteIfExists(pin);
    }
    Files.deleteIfExists(folder);
  }

  private static void removeEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // another node has something there
    }
  }

  /** Of a folder that may be gone meanwhile. */
  private static List<Path> content(Path folder) throws IOException {
    List<Path> content = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(content::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return content;
  }
}
