package org.universalnode.linux;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * Work on a platform thread of its own, which ends with the work.
 *
 * <p>Two kinds of work need it: what changes the thread (setns, unshare) must never run on a pooled
 * or virtual thread, or later work silently runs in another namespace; and what blocks in the
 * kernel would hold a carrier of virtual threads.
 */
final class KernelThread {
  private KernelThread() {}

  static <T> T call(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = Thread.ofPlatform().name(name).daemon().start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          thread.join();
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true; // what was begun in the kernel is finished first
        } catch (ExecutionException e) {
          throw rethrown(name, e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(String name, @Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      case null, default ->
          new ProblemException(
              List.of(Problem.of(Problem.Code.INTERNAL, name + ": " + cause)), cause);
    };
  }
}
