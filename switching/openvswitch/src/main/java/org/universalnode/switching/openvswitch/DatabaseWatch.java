package org.universalnode.switching.openvswitch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does some work soon after the database has changed, once for many changes. */
final class DatabaseWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DatabaseWatch.class.getName());
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Runnable work;
  private final AtomicBoolean pending = new AtomicBoolean();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("database watch").daemon().factory());

  DatabaseWatch(Runnable work) {
    this.work = work;
  }

  /** There is something to look at. */
  void hear() {
    if (closing.getCount() > 0 && pending.compareAndSet(false, true)) {
      worker.execute(this::wake);
    }
  }

  private void wake() {
    try {
      if (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        pending.set(false);
        work.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "changes of the database were not looked at", e);
    }
  }

  /** Returns when the work has ended. */
  @Override
  public void close() {
    closing.countDown();
    worker.close();
  }
}
