package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time. Each piece of work has a virtual thread, so that none waits for another. */
public final class RealClockwork implements Clockwork {
  private static final System.Logger LOG = System.getLogger(RealClockwork.class.getName());

  private final ScheduledThreadPoolExecutor clock;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  public RealClockwork(String name) {
    clock = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name(name).daemon().factory());
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public void after(Duration delay, Runnable work) {
    try {
      var _ =
          clock.schedule(
              () -> workers.execute(() -> attempt(work)), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "closed already", e);
    }
  }

  @Override
  public void close() {
    clock.close();
    workers.close();
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "what was to be done later failed", e);
    }
  }
}
