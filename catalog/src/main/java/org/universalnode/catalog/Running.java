package org.universalnode.catalog;

import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.nffg.Isolation;

/**
 * How instances of a function want to be run, as far as the template says it.
 *
 * @param isolation the least that its author asks for
 * @param single whether a machine can have one instance only, which then serves all graphs
 * @param processes most that it has at the same time, threads included
 * @param cpuPercent most that it uses, of one core
 * @param hotplug whether one that runs can be given other ports
 */
public record Running(
    Optional<Isolation> isolation,
    boolean single,
    OptionalInt processes,
    OptionalInt cpuPercent,
    boolean hotplug) {
  /** Of a template that says nothing. */
  public static final Running ANYHOW =
      new Running(Optional.empty(), false, OptionalInt.empty(), OptionalInt.empty(), false);
}
