package org.universalnode.compute;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an instance uses, and how much it may. For a part of a shared instance both are those of the
 * whole.
 *
 * @param memoryBytes of its processes together; empty if the machine does not count it
 * @param cpu time of those of its processes that live
 * @param cores that its processes may run on; empty if the machine does not say
 * @param mark by which a shared instance tells this graph's traffic from others'
 */
public record InstanceStats(
    Containment containment,
    OptionalLong memoryBytes,
    Duration cpu,
    int processes,
    Set<Integer> cores,
    OptionalInt mark) {
  public InstanceStats {
    cores = Set.copyOf(cores);
  }
}
