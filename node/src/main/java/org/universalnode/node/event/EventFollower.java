package org.universalnode.node.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.node.event.EventLog.Event;

/** Reads events in their order, in the thread that began to follow. */
public final class EventFollower implements AutoCloseable {
  private final EventLog log;
  private final Thread reader = Thread.currentThread();
  private long seen;
  private volatile boolean nudged;

  EventFollower(EventLog log, long after) {
    this.log = log;
    this.seen = after;
  }

  /**
   * The next events, without a gap between them. If the first is not one more than what was last
   * seen, the log has lost those between.
   *
   * @param patience how long to wait for one
   * @return empty if there is none within that time, or because of {@link #nudge} or {@link
   *     #hasEnded}, or because the thread was interrupted
   */
  public List<Event> next(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<Event> events = log.after(seen);
    while (events.isEmpty() && !nudged && !log.isClosed() && !reader.isInterrupted()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      LockSupport.parkNanos(this, left);
      events = log.after(seen);
    }
    nudged = false;
    if (!events.isEmpty()) {
      seen = events.getLast().number();
    }
    return events;
  }

  /** Number of the last event that was read, or of that after which reading began. */
  public long seen() {
    return seen;
  }

  /** Whether nothing comes any more. */
  public boolean hasEnded() {
    return log.isClosed() || reader.isInterrupted();
  }

  /** The thread that waits does not wait on. */
  public void nudge() {
    nudged = true;
    wake();
  }

  void wake() {
    LockSupport.unpark(reader);
  }

  @Override
  public void close() {
    log.leave(this);
  }
}
