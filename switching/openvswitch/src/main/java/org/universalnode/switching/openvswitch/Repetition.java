package org.universalnode.switching.openvswitch;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Does some work on a thread of its own when it is asked for, and again until it succeeds. */
final class Repetition implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Repetition.class.getName());
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final BooleanSupplier work;
  private final Duration pause;
  private final Semaphore asked = new Semaphore(0);
  private final Thread thread;

  /**
   * Does nothing yet.
   *
   * @param work whether it succeeded
   * @param pause after an attempt that failed, if nobody asks before
   */
  Repetition(String name, BooleanSupplier work, Duration pause) {
    this.work = work;
    this.pause = pause;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::repeat);
  }

  void start() {
    thread.start();
  }

  /** What was asked for since the last attempt began is one attempt more. */
  void ask() {
    asked.release();
  }

  private void repeat() {
    boolean done = true;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (done) {
          asked.acquire();
        } else {
          boolean _ = asked.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
        asked.drainPermits();
        done = attempt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by close, and this thread's last act
    }
  }

  private boolean attempt() {
    try {
      return work.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a fault of this node, which tries again", e);
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      if (!thread.join(LAST_WORDS)) {
        LOG.log(System.Logger.Level.WARNING, thread.getName() + " has not ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
