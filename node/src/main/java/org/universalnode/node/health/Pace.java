package org.universalnode.node.health;

import java.time.Duration;

/**
 * How often functions are looked at that nobody complains of.
 *
 * @param interval from look to look at one function, at least
 * @param gap from look to look at any: what bounds the cost, however many functions there are
 * @param confirmation after which one is looked at again that was in doubt or was restarted
 */
public record Pace(Duration interval, Duration gap, Duration confirmation) {
  /** A look costs about 10 ms of processor time, so that this is below 0.2 % of a core. */
  public static final Pace DEFAULT =
      new Pace(Duration.ofSeconds(30), Duration.ofSeconds(6), Duration.ofSeconds(5));

  public Pace {
    if (!interval.isPositive() || !gap.isPositive() || !confirmation.isPositive()) {
      throw new IllegalArgumentException("a pace of no time");
    }
  }

  /** From look to look at each of so many functions. */
  Duration interval(int functions) {
    Duration round = gap.multipliedBy(functions);
    return round.compareTo(interval) > 0 ? round : interval;
  }
}
