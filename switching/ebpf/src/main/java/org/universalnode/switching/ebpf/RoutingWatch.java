package org.universalnode.switching.ebpf;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.universalnode.linux.RoutingEvents;

/** Does some work soon after addresses or routes changed, once for many changes. */
final class RoutingWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("routing watch").daemon().factory());
  private final AtomicBoolean pending = new AtomicBoolean();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Runnable work;
  private final RoutingEvents events;

  /** Watches the calling thread's namespace until closed. */
  RoutingWatch(Runnable work) {
    this.work = work;
    this.events = RoutingEvents.listen(this::hear);
  }

  /** Returns when the work has ended. */
  @Override
  public void close() {
    closing.countDown();
    events.close();
    worker.close();
  }

  private void hear() {
    if (pending.compareAndSet(false, true)) {
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
    }
  }
}
