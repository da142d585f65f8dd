package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** The same work for several items at the same time. */
final class Together {
  private Together() {}

  /** Returns when all are done; then the first failure, in the order of the items, is thrown. */
  static <T> void run(Collection<T> items, Consumer<T> work) {
    if (items.size() < 2) {
      items.forEach(work);
      return;
    }
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      items.forEach(item -> running.add(threads.submit(() -> work.accept(item))));
    }
    running.forEach(Together::rethrow);
  }

  private static void rethrow(Future<?> done) {
    try {
      done.get();
    } catch (InterruptedException e) {
      throw new AssertionError("a finished task does not wait", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case null -> throw internal(e);
        case Throwable failure -> throw internal(failure);
      }
    }
  }

  /** A fault of the node in one piece of work is no reason to leave the others half done. */
  static ProblemException internal(Throwable failure) {
    Problem problem =
        Problem.of(Problem.Code.INTERNAL, "the node failed: " + failure)
            .next("see the node's log, and report it");
    return new ProblemException(List.of(problem), failure);
  }
}
