package org.universalnode.node.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.universalnode.compute.InstanceId;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/**
 * Looks at functions, one after the other, and has those restarted that are ill. One thread looks
 * and waits; each restart has a thread of its own, since it waits for its graph.
 */
public final class HealthWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HealthWatch.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final HealthBook book;
  private final Examination examination;
  private final Repair repair;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Thread thread;

  /** Begins at once, with no functions. */
  public HealthWatch(
      Pace pace,
      RestartPolicy policy,
      Examination examination,
      Repair repair,
      HealthListener listener,
      InstantSource clock) {
    this.book = new HealthBook(pace, policy, listener);
    this.examination = examination;
    this.repair = repair;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("health").unstarted(this::run);
    thread.start();
  }

  /** These functions are wanted and were made, no others. */
  public void keep(Collection<FunctionName> functions) {
    alone(() -> book.keep(functions, clock.instant()));
  }

  /** The same of one graph; to be called after each change of it. */
  public void keep(String graph, Set<FunctionName> functions) {
    alone(() -> book.keep(graph, functions, clock.instant()));
  }

  /** As a driver's watch tells it: the function is looked at soon. */
  public void disturbed(InstanceId instance) {
    FunctionName name = new FunctionName(instance.graph(), instance.function());
    alone(() -> book.disturbed(name, clock.instant()));
  }

  /** All of a graph was seen to: what was ill of it may be well. */
  public void mended(String graph) {
    alone(
        () ->
            book.health().keySet().stream()
                .filter(name -> name.graph().equals(graph))
                .toList()
                .forEach(name -> book.mended(name, clock.instant())));
  }

  /** Of every function that is wanted. */
  public Map<FunctionName, FunctionHealth> health() {
    lock.lock();
    try {
      return book.health();
    } finally {
      lock.unlock();
    }
  }

  /** No look and no restart begins afterwards; a restart that was begun may still run. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        switch (await()) {
          case HealthWork.Look(FunctionName name) -> look(name);
          case HealthWork.Restart(FunctionName name) ->
              Thread.ofVirtual().name("restart of " + name).start(() -> restart(name));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HealthWork await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Instant now = clock.instant();
        var due = book.next(now);
        if (due.isPresent()) {
          return due.get();
        }
        news.await(untilNext(now).toNanos(), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Never very long: the clock may be set. */
  private Duration untilNext(Instant now) {
    Instant latest = now.plus(LONGEST_WAIT);
    Instant wake = book.wake();
    return Duration.between(now, wake.isAfter(latest) ? latest : wake);
  }

  /** A look that fails says nothing of the function. */
  private void look(FunctionName name) {
    Finding found = new Finding.Busy();
    try {
      found = examination.examine(name);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "can't look at {0}: {1}", name, Problem.of(e));
    }
    Finding finding = found;
    alone(() -> book.looked(name, finding, clock.instant()));
  }

  private void restart(FunctionName name) {
    Result<Nothing> result = restarted(name);
    String failure =
        switch (result) {
          case Result.Failed<Nothing>(Problem problem) -> problem.detail();
          case Result.Done<Nothing> _ -> "";
        };
    alone(() -> book.restarted(name, failure, clock.instant()));
  }

  private Result<Nothing> restarted(FunctionName name) {
    try {
      return repair.restart(name.graph(), name.function());
    } catch (ProblemException e) {
      return Result.failed(e.first());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "restart of " + name, e);
      return Result.failed(Problem.of(e));
    }
  }

  private void alone(Runnable work) {
    lock.lock();
    try {
      work.run();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
