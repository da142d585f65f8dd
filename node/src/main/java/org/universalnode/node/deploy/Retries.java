package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Tries some work again when there is cause to: once for many causes that come together, and as
 * long as it does not succeed after 1, 2, 4 s and so on, at most once a minute.
 */
public final class Retries implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Retries.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final ScheduledThreadPoolExecutor worker;
  private final AtomicBoolean pending = new AtomicBoolean();
  private final BooleanSupplier work;
  private int failures;
  private volatile long earliest = System.nanoTime();

  /**
   * Nothing is done before there is cause.
   *
   * @param work says whether it has succeeded; may itself give cause
   */
  public Retries(String name, BooleanSupplier work) {
    this.work = work;
    this.worker =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name(name).daemon().factory());
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** There is cause to try. */
  public void soon() {
    if (pending.compareAndSet(false, true) && !worker.isShutdown()) {
      long delay = Math.max(PAUSE.toNanos(), earliest - System.nanoTime());
      var _ = worker.schedule(this::attempt, delay, TimeUnit.NANOSECONDS);
    }
  }

  /** Returns when work that is under way has ended; nothing is tried any more. */
  @Override
  public void close() {
    worker.close();
  }

  private void attempt() {
    long now = System.nanoTime();
    failures = now - earliest > LONGEST.toNanos() ? 0 : failures;
    Duration delay = Duration.ofSeconds(1L << Math.min(failures, MOST_DOUBLINGS));
    earliest = now + (delay.compareTo(LONGEST) > 0 ? LONGEST : delay).toNanos();
    failures++;
    pending.set(false);
    try {
      if (work.getAsBoolean()) {
        failures = 0;
        earliest = System.nanoTime();
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a further attempt failed", e);
    }
  }
}
