package org.universalnode.compute.nativefn;

import java.time.Duration;

/**
 * How long handlers may take.
 *
 * @param start also of update, attach and detach
 * @param stop also of pause and resume
 */
record Patience(Duration start, Duration stop, Duration status) {
  static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(2));
}
