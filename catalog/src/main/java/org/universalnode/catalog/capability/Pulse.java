package org.universalnode.catalog.capability;

/**
 * What is cheap to ask often and tells that the machine may offer something else than before.
 *
 * @param coresOnline as the kernel writes it: {@code 0-3}
 * @param memory free, in MiB
 * @param freeHugePages of the usual size
 * @param modules how many modules the kernel has
 */
public record Pulse(String coresOnline, long memory, long freeHugePages, long modules) {

  /** The same pulse at another amount of memory: what remains is no noise. */
  public Pulse withMemory(long other) {
    return new Pulse(coresOnline, other, freeHugePages, modules);
  }
}
