package org.universalnode.catalog.archive;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where an entry goes, below the folder that the archive is unpacked to. */
final class EntryName {
  private EntryName() {}

  /**
   * The relative path of an entry; the empty path for the archive's own top folder.
   *
   * @throws org.universalnode.problem.ProblemException if the name could lead anywhere else
   */
  static Path parse(String name, ArchiveLimits limits) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limits.nameBytes()) {
      throw Refusal.tooMuch("has a name of " + bytes + " bytes", limits.nameBytes() + " bytes");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.unsafe("has a name with control characters");
    }
    if (name.startsWith("/")) {
      throw Refusal.unsafe("has an absolute name: " + name);
    }
    return path(name, steps(name));
  }

  private static List<String> steps(String name) {
    List<String> steps =
        Stream.of(name.split("/", -1)).filter(s -> !s.isEmpty() && !s.equals(".")).toList();
    if (steps.contains("..")) {
      throw Refusal.unsafe("has a name that climbs out of its folder: " + name);
    }
    return steps;
  }

  private static Path path(String name, List<String> steps) {
    try {
      return Path.of(String.join("/", steps));
    } catch (InvalidPathException e) {
      throw Refusal.unsafe("has a name that this file system can't hold: " + name);
    }
  }
}
