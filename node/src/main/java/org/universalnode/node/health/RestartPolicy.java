package org.universalnode.node.health;

import java.time.Duration;

/**
 * When a function that is ill is restarted: at once, then 1, 2, 4 and so on seconds after the
 * restart before.
 *
 * @param longest of these delays
 * @param wellAfter for how long a function must have been well for that to begin anew
 * @param most so many restarts in vain {@code within} that time, and it has failed
 * @param whenFailed from restart to restart of one that has failed
 */
public record RestartPolicy(
    Duration longest, Duration wellAfter, int most, Duration within, Duration whenFailed) {
  public static final RestartPolicy DEFAULT =
      new RestartPolicy(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          5,
          Duration.ofMinutes(10),
          Duration.ofMinutes(5));

  private static final int MOST_DOUBLINGS = 30;

  public RestartPolicy {
    if (most < 1) {
      throw new IllegalArgumentException("fails without a restart");
    }
  }

  /** After so many restarts. */
  Duration delay(int restarts) {
    if (restarts == 0) {
      return Duration.ZERO;
    }
    Duration delay = Duration.ofSeconds(1L << Math.min(restarts - 1, MOST_DOUBLINGS));
    return delay.compareTo(longest) > 0 ? longest : delay;
  }
}
