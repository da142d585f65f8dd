package org.universalnode.catalog;

import java.util.OptionalInt;

/**
 * What an instance is expected to take and cost, as far as the template says it: by this a node
 * chooses among implementations until it has measured better. Limits are another thing.
 *
 * @param memoryMegabytes that it has in use
 * @param hugepageMegabytes the same in huge pages
 * @param startMillis from nothing until it works
 * @param cpuPercent of one core, for each gigabit per second that goes through it
 * @param imageMegabytes to fetch
 */
public record Expected(
    OptionalInt memoryMegabytes,
    OptionalInt hugepageMegabytes,
    OptionalInt startMillis,
    OptionalInt cpuPercent,
    OptionalInt imageMegabytes) {
  /** Of a template that says nothing. */
  public static final Expected UNSAID =
      new Expected(
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty());
}
