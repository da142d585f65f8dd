package org.universalnode.catalog.fetch;

import java.net.http.HttpClient;
import java.time.Duration;

/** Ends a client's work when it takes too long, or when nothing comes for too long. */
final class Watch implements AutoCloseable {
  private static final long LOOK_MILLISECONDS = 100;

  private final FetchLimits limits;
  private final long begin = System.nanoTime();
  private final Thread watcher;
  private volatile long heard = begin;
  private volatile boolean expired;

  private Watch(HttpClient client, FetchLimits limits) {
    this.limits = limits;
    this.watcher = Thread.ofVirtual().unstarted(() -> watch(client));
  }

  static Watch over(HttpClient client, FetchLimits limits) {
    Watch watch = new Watch(client, limits);
    watch.watcher.start();
    return watch;
  }

  /** Something came. */
  void heard() {
    heard = System.nanoTime();
    if (isOver(begin, limits.total())) {
      expired = true;
    }
  }

  /** Whether the time was over. */
  boolean isExpired() {
    return expired;
  }

  private void watch(HttpClient client) {
    try {
      while (!isOver(begin, limits.total()) && !isOver(heard, limits.silence())) {
        Thread.sleep(LOOK_MILLISECONDS);
      }
      expired = true;
      client.shutdownNow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it was closed: nothing is left to watch
    }
  }

  private static boolean isOver(long since, Duration limit) {
    return System.nanoTime() - since > limit.toNanos();
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
