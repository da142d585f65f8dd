package org.universalnode.compute.docker;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param call a call of the engine that makes, starts or asks something
 * @param stop until a container that was asked to end is killed; whole seconds
 * @param image until an image has been fetched and unpacked
 */
record Patience(Duration call, Duration stop, Duration image) {
  static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(15));
}
