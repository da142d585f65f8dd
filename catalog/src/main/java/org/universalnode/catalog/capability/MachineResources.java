package org.universalnode.catalog.capability;

import java.util.List;

/**
 * How much of itself the machine has, and how much of that nobody uses now.
 *
 * @param cores those that it has, and of these those on-line
 * @param megahertz of a core at most; 0 if it is not known
 * @param idlePercent of the cores on-line, by the load of the last minute
 * @param memory in MiB; free is what can be had without swapping
 * @param hugePages by their size
 */
public record MachineResources(
    Amount cores, int megahertz, int idlePercent, Amount memory, List<HugePages> hugePages) {

  /** How much there is, and how much of it can be had. */
  public record Amount(long total, long free) {}

  /** Pages of one size that are reserved, and those of them that nobody has. */
  public record HugePages(long kilobytes, Amount pages) {}

  public MachineResources {
    hugePages = List.copyOf(hugePages);
  }

  /** The same with another amount of memory. */
  public MachineResources with(Amount otherMemory) {
    return new MachineResources(cores, megahertz, idlePercent, otherMemory, hugePages);
  }
}
