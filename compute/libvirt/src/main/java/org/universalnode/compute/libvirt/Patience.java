package org.universalnode.compute.libvirt;

import java.time.Duration;

/**
 * How long virtual machines may take.
 *
 * @param start until the guest says that it is ready, if its image has something to be said
 * @param stop until it has shut down when it is asked to
 * @param command of libvirt's
 */
record Patience(Duration start, Duration stop, Duration command) {
  static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(120), Duration.ofSeconds(10), Duration.ofSeconds(30));
}
