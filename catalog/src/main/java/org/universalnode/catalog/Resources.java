package org.universalnode.catalog;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an instance of a function needs of its machine, as far as the template says it.
 *
 * @param memoryMegabytes how much memory at most
 * @param disks sizes of its disks
 * @param processors {@code CPUrequirements}
 * @param expected what it will probably take and cost
 */
public record Resources(
    OptionalInt memoryMegabytes, Disks disks, Optional<Processors> processors, Expected expected) {

  /** Of a template that says what is published and no more. */
  public Resources(OptionalInt memoryMegabytes, Disks disks, Optional<Processors> processors) {
    this(memoryMegabytes, disks, processors, Expected.UNSAID);
  }

  /** Sizes as the template counts them: gigabytes by custom, the published format names no unit. */
  public record Disks(OptionalInt root, OptionalInt ephemeral, OptionalInt swap) {}

  /**
   * Processors.
   *
   * @param platform their type, such as {@code x86}; empty if any will do
   * @param cores how many cores of each socket, at least one socket
   */
  public record Processors(String platform, List<Integer> cores) {
    public Processors {
      cores = List.copyOf(cores);
    }
  }
}
