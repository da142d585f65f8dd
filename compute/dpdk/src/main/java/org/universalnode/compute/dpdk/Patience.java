package org.universalnode.compute.dpdk;

import java.time.Duration;

/**
 * How long processes may take.
 *
 * @param start until a process has taken its ports
 * @param stop until it has ended when it is asked to
 */
record Patience(Duration start, Duration stop) {
  static final Patience DEFAULT = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(5));
}
