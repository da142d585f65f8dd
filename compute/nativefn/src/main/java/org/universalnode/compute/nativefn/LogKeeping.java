package org.universalnode.compute.nativefn;

import java.time.Duration;
import org.universalnode.problem.Problem;

/** Keeps the logs of all instances short, as long as the driver is open. */
final class LogKeeping implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LogKeeping.class.getName());
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final Thread thread;

  private LogKeeping(Thread thread) {
    this.thread = thread;
  }

  static LogKeeping begin(Places places) {
    return new LogKeeping(Thread.ofVirtual().name("logs").start(() -> keep(places)));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private static void keep(Places places) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(PERIOD);
        look(places);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void look(Places places) {
    try {
      places.all().forEach(LogKeeping::rotate);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the logs of functions: {0}", Problem.of(e));
    }
  }

  /** An instance may go while its log is looked at. */
  private static void rotate(InstanceFolder folder) {
    try {
      folder.log().rotate();
    } catch (RuntimeException e) {
      if (folder.exists()) {
        LOG.log(System.Logger.Level.WARNING, "log of {0}: {1}", folder, Problem.of(e));
      }
    }
  }
}
