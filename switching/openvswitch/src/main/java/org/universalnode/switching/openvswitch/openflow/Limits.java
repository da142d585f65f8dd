package org.universalnode.switching.openvswitch.openflow;

import java.time.Duration;

/**
 * What a controller puts up with.
 *
 * @param handshake how long a new connection may take to say which datapath it is
 * @param silence after which a switch is asked whether it lives
 * @param death after which a switch that says nothing is gone; more than {@code silence}
 * @param answer how long an answer may take, from its question or from its last part on
 * @param connections how many there may be at once
 */
public record Limits(
    Duration handshake, Duration silence, Duration death, Duration answer, int connections) {
  public static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          4096);

  public Limits {
    if (death.compareTo(silence) <= 0) {
      throw new IllegalArgumentException("a switch needs time to say that it lives");
    }
  }
}
