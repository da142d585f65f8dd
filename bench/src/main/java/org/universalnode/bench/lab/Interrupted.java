package org.universalnode.bench.lab;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** How a run is given up: by an interrupt of its thread, after which everything is removed. */
public final class Interrupted {
  private Interrupted() {}

  /**
   * Ends what is being done if somebody asked for it.
   *
   * @throws CancellationException if so; the thread can wait again, as its cleaning up has to
   */
  public static void check() {
    if (Thread.interrupted()) {
      throw cancelled();
    }
  }

  /** Does work, such as cleaning up, that an interrupt of this thread must not cut short. */
  static void undisturbed(Runnable work) {
    FutureTask<Boolean> task = new FutureTask<>(work, true);
    Thread thread = Thread.ofPlatform().start(task);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (task.state() == Future.State.FAILED) {
      throw new IllegalStateException("cleaning up failed", task.exceptionNow());
    }
  }

  public static CancellationException cancelled() {
    return new CancellationException("the run was interrupted");
  }
}
