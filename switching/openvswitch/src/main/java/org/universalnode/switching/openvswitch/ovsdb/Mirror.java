package org.universalnode.switching.openvswitch.ovsdb;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** The latest snapshot, while there is a connection that keeps it true; whoever waits for one. */
final class Mirror {
  private final Listener listener;
  private Snapshot snapshot = Snapshot.EMPTY;
  private Optional<Problem> absence;
  private boolean closed;
  private long version;

  Mirror(Listener listener, Problem absence) {
    this.listener = listener;
    this.absence = Optional.of(absence);
  }

  void connected(Map<String, Map<UUID, Optional<Row>>> rows) {
    Snapshot first = Snapshot.EMPTY.with(rows);
    set(first, Optional.empty());
    tell(() -> listener.connected(first));
  }

  void changed(Map<String, Map<UUID, Optional<Row>>> rows) {
    Snapshot next = snapshot().with(rows);
    set(next, Optional.empty());
    tell(() -> listener.changed(next));
  }

  /** Whether there was a connection; only then the listener hears of its end. */
  boolean disconnected(Problem cause) {
    boolean stood = absence().isEmpty();
    set(Snapshot.EMPTY, Optional.of(cause));
    if (stood) {
      tell(() -> listener.disconnected(cause));
    }
    return stood;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized Optional<Problem> absence() {
    return absence;
  }

  synchronized Snapshot snapshot() {
    absence.ifPresent(
        cause -> {
          throw cause.asException();
        });
    return snapshot;
  }

  /** What the condition gives for the first snapshot for which it gives something. */
  <T> T await(String what, Duration atMost, Function<Snapshot, Optional<T>> condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      long seen = version();
      Optional<T> found = latest().flatMap(condition);
      if (found.isPresent()) {
        return found.get();
      }
      awaitChange(seen, deadline, what);
    }
  }

  private synchronized void awaitChange(long seen, long deadline, String what) {
    try {
      while (version == seen) {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (closed || left <= 0) {
          throw late(what).asException();
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(Code.TIMEOUT, "was interrupted while waiting for " + what).asException();
    }
  }

  private Problem late(String what) {
    return absence
        .map(cause -> new Problem(Code.TIMEOUT, "", cause.detail(), cause.nextStep()))
        .orElseGet(
            () ->
                Problem.of(Code.TIMEOUT, "this did not happen in time")
                    .next("see whether ovs-vswitchd runs, and what its log says"))
        .during("waiting for " + what);
  }

  private synchronized Optional<Snapshot> latest() {
    return absence.isPresent() ? Optional.empty() : Optional.of(snapshot);
  }

  private synchronized long version() {
    return version;
  }

  private synchronized void set(Snapshot now, Optional<Problem> cause) {
    snapshot = now;
    absence = cause;
    version++;
    notifyAll();
  }

  /** A listener that fails is its owner's fault, and no reason to lose the connection. */
  private static void tell(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException e) {
      Thread reader = Thread.currentThread();
      reader.getUncaughtExceptionHandler().uncaughtException(reader, e);
    }
  }
}
