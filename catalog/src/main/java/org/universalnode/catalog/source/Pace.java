package org.universalnode.catalog.source;

import java.time.Duration;

/**
 * How often a source is asked, and how long that may take.
 *
 * @param pause between two times that it is asked for all
 * @param whole for all
 * @param function for what it has for one function
 * @param again before it is asked for the same function again
 */
record Pace(Duration pause, Duration whole, Duration function, Duration again) {
  static Pace every(Duration pause) {
    return new Pace(pause, Duration.ofMinutes(1), Duration.ofSeconds(4), Duration.ofSeconds(30));
  }
}
