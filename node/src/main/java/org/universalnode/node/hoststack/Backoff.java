package org.universalnode.node.hoststack;

import java.time.Duration;

/**
 * When something that ended is started again: after 1, 2, 4 s and so on, at most after a minute.
 */
final class Backoff {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private int failures;
  private long begun;
  private long due;

  /** It was started at this moment of {@link System#nanoTime}. */
  void started(long now) {
    begun = now;
  }

  /** It has ended; if it had run for long, that is the first time again. */
  void ended(long now) {
    failures = now - begun > LONGEST.toNanos() ? 0 : failures;
    Duration delay = Duration.ofSeconds(1L << Math.min(failures, 6));
    due = now + (delay.compareTo(LONGEST) > 0 ? LONGEST : delay).toNanos();
    failures++;
  }

  boolean isDue(long now) {
    return now - due >= 0;
  }
}
