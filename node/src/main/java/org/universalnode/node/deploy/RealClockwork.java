package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time, on a few threads that are there when they are needed. */
public final class RealClockwork implements Clockwork {
  private static final System.Logger LOG = System.getLogger(RealClockwork.class.getName());
  private static final int THREADS = 4;

  private final ScheduledThreadPoolExecutor threads;

  public RealClockwork(String name) {
    threads =
        new ScheduledThreadPoolExecutor(
            THREADS, Thread.ofPlatform().name(name + "-", 0).daemon().factory());
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    threads.setKeepAliveTime(1, TimeUnit.SECONDS);
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public void after(Duration delay, Runnable work) {
    try {
      var _ = threads.schedule(() -> attempt(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "closed already", e);
    }
  }

  @Override
  public void close() {
    threads.close();
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "what was to be done later failed", e);
    }
  }
}
