package org.universalnode.linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs work, on one thread and in order, when no BPF program that ran as it was handed in can still
 * be running: membarrier(2) returns after an RCU grace period. Work that piles up shares one.
 */
public final class GracePeriod implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(GracePeriod.class.getName());
  private static final long MEMBARRIER_CMD_GLOBAL = 1;

  /** Where the kernel has no membarrier; no packet's way through a program takes this long. */
  private static final Duration INSTEAD = Duration.ofSeconds(1);

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("grace period").daemon().factory());

  public void afterwards(Runnable work) {
    waiting.add(work);
    thread.execute(this::passAndRun);
  }

  /** Returns when all that was handed in is done. */
  @Override
  public void close() {
    thread.close();
  }

  private void passAndRun() {
    List<Runnable> batch = new ArrayList<>();
    for (Runnable work = waiting.poll(); work != null; work = waiting.poll()) {
      batch.add(work);
    }
    if (!batch.isEmpty()) {
      pass();
      batch.forEach(GracePeriod::run);
    }
  }

  /** One piece of work that fails does not keep the others from being done. */
  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "left over in the kernel: " + e.getMessage());
    }
  }

  private static void pass() {
    if (Kernel.attempt(SystemCall.MEMBARRIER, MEMBARRIER_CMD_GLOBAL, 0, 0) < 0) {
      LockSupport.parkNanos(INSTEAD.toNanos());
    }
  }
}
