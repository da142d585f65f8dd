package org.universalnode.compute.dpdk;

import java.time.Duration;
import org.universalnode.problem.Problem;

/** Keeps the logs of all instances short, as long as the driver is open. */
final class LogKeeping implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LogKeeping.class.getName());
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final Thread thread;

  LogKeeping(Places places) {
    this.thread = Thread.ofVirtual().name("dpdk logs").start(() -> keep(places));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private static void keep(Places places) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(PERIOD);
        places.all().forEach(LogKeeping::rotate);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An instance may go while its log is looked at. */
  private static void rotate(Place place) {
    try {
      place.folder().log().rotate();
    } catch (RuntimeException e) {
      if (place.folder().exists()) {
        LOG.log(System.Logger.Level.WARNING, "log of {0}: {1}", place.prefix(), Problem.of(e));
      }
    }
  }
}
