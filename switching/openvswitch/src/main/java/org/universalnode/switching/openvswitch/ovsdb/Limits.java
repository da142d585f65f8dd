package org.universalnode.switching.openvswitch.ovsdb;

import java.time.Duration;

/**
 * How much of everything a connection takes.
 *
 * @param messageBytes longest message in either direction, and most that waits to be sent
 * @param outstanding most requests without an answer
 * @param request how long a request may take, besides the waits that it asks for
 * @param probe how long the server may be silent before it is asked whether it lives, and then how
 *     long before it is held for dead
 * @param shortestPause before the first attempt to connect again; doubled after each failure
 * @param longestPause before an attempt to connect again
 */
public record Limits(
    int messageBytes,
    int outstanding,
    Duration request,
    Duration probe,
    Duration shortestPause,
    Duration longestPause) {

  /**
   * Fits a machine whose processors are busy, and 9,000 ports with three external_ids each: what a
   * reader of JSON takes, 300,000 values in a document, is reached before these bytes are.
   */
  public static final Limits USUAL =
      new Limits(
          8 << 20,
          256,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMillis(50),
          Duration.ofSeconds(5));

  public Limits {
    if (messageBytes < 1
        || outstanding < 1
        || !request.isPositive()
        || !probe.isPositive()
        || !shortestPause.isPositive()
        || longestPause.compareTo(shortestPause) < 0) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
