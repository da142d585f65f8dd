package org.universalnode.node.deploy;

import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * How often a node looks after what it runs.
 *
 * @param sweepSeconds between two looks at everything, which find what no event told
 * @param statusSeconds between two times that a function is asked how it is
 */
public record HealthIntervals(int sweepSeconds, int statusSeconds) {
  /** An hour. */
  public static final int MOST_SECONDS = 3_600;

  public static final HealthIntervals DEFAULT = new HealthIntervals(30, 10);

  public HealthIntervals {
    if (Math.min(sweepSeconds, statusSeconds) < 1
        || Math.max(sweepSeconds, statusSeconds) > MOST_SECONDS) {
      throw Problem.of(
              Code.INVALID_DOCUMENT,
              "a node can't look after itself every %d and %d seconds"
                  .formatted(sweepSeconds, statusSeconds))
          .next("use numbers from 1 to " + MOST_SECONDS)
          .asException();
    }
  }
}
