package org.universalnode.node.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.universalnode.problem.ProblemException;
import org.universalnode.upstream.Upstream;

/**
 * Tells one upstream, in a thread of its own, the newest document: what was not told yet when a
 * newer one comes never is. What fails is tried again after 0.2, 0.4, 0.8 s and so on, at most 30
 * s, each up to half longer so that many nodes don't come at the same moment; a newer document does
 * not wait for that once.
 */
final class Delivery implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Delivery.class.getName());
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 8;
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final String name;
  private final Upstream upstream;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private Optional<String> newest = Optional.empty();
  private boolean pending;
  private boolean newer;
  private boolean lost;
  private boolean closed;
  private int failures;

  /**
   * Tells nothing before there is something.
   *
   * @param name for the log
   * @param open gets what is to be run when the connection is lost
   */
  Delivery(String name, Function<Runnable, Upstream> open) {
    this.name = name;
    this.upstream = open.apply(this::again);
    this.thread = Thread.ofPlatform().name("upstream " + name).daemon().start(this::work);
  }

  /** Has that told, soon; returns at once. */
  void offer(String document) {
    change(
        () -> {
          newest = Optional.of(document);
          pending = true;
          newer = true;
        });
  }

  /** Has the newest told once more, but not at once: the next connection may be lost as quickly. */
  private void again() {
    change(
        () -> {
          pending = newest.isPresent();
          lost = true;
        });
  }

  /** Gives up what is under way, and says good-bye; returns at once. */
  void end() {
    change(() -> closed = true);
    thread.interrupt();
  }

  /** The same; waits for a bounded time. Whoever takes longer ends on its own. */
  @Override
  public void close() {
    end();
    try {
      thread.join(CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      for (Optional<String> next = next(); next.isPresent(); next = next()) {
        if (takeLost()) {
          pause(FIRST);
        } else {
          deliver(next.get());
        }
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, name + " ends", e);
    } finally {
      var _ = Thread.interrupted(); // or the good-bye would be given up too
      upstream.close();
    }
  }

  /** Waits for it; empty when nothing is told any more. */
  private Optional<String> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!pending && !closed) {
        changed.await();
      }
      pending = false;
      return closed ? Optional.empty() : newest;
    } finally {
      lock.unlock();
    }
  }

  private boolean takeLost() {
    lock.lock();
    try {
      boolean was = lost;
      lost = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  private void deliver(String document) throws InterruptedException {
    try {
      upstream.deliver(document);
      if (failures > 0) {
        LOG.log(System.Logger.Level.INFO, "{0} takes it again", name);
      }
      failures = 0;
    } catch (ProblemException e) {
      failures++;
      log(e);
      pause(delay());
    } catch (RuntimeException e) {
      failures++;
      LOG.log(System.Logger.Level.ERROR, name + " failed", e);
      pause(delay());
    }
  }

  /** One line when it begins to fail, not one for each attempt. */
  private void log(ProblemException e) {
    System.Logger.Level level =
        failures == 1 && !Thread.currentThread().isInterrupted()
            ? System.Logger.Level.WARNING
            : System.Logger.Level.DEBUG;
    LOG.log(level, "{0}: {1}", name, e.first());
  }

  private Duration delay() {
    long millis = FIRST.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    long most = Math.min(millis, LONGEST.toMillis());
    return Duration.ofMillis(most + ThreadLocalRandom.current().nextLong(most / 2));
  }

  /** Until the time is over or there is something newer. */
  private void pause(Duration most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      newer = false;
      long left = most.toNanos();
      while (left > 0 && !newer && !closed) {
        left = changed.awaitNanos(left);
      }
      pending = true;
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
