package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Times one request: until now, and until the last handler was done. */
public final class Stopwatch {
  private final long begin = System.nanoTime();
  private final AtomicLong lastHandler = new AtomicLong(begin);

  void handlerDone() {
    long now = System.nanoTime();
    lastHandler.accumulateAndGet(now, Math::max);
  }

  public Duration total() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Zero if no handler ran. */
  public Duration untilLastHandler() {
    return Duration.ofNanos(lastHandler.get() - begin);
  }
}
