package org.universalnode.node.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last events of the node, in memory. Who publishes one takes no lock and waits for nobody; who
 * follows too slowly loses events, and can tell by their numbers.
 */
public final class EventLog implements AutoCloseable {
  /** How many events are kept. */
  public static final int KEPT = 1_024;

  private static final int MOST_AT_ONCE = 128;

  /**
   * An event that was published.
   *
   * @param number one more than that of the event before. Numbers begin with the microseconds since
   *     1970 when the log was made, so they grow from one process of the node to the next too
   * @param time by the machine's clock
   */
  public record Event(long number, Instant time, NodeEvent what) {}

  private final AtomicReferenceArray<Optional<Event>> ring = new AtomicReferenceArray<>(KEPT);
  private final long begin = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  private final AtomicLong newest = new AtomicLong(begin);
  private final Set<EventFollower> followers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** A log without events. */
  public EventLog() {
    for (int i = 0; i < KEPT; i++) {
      ring.set(i, Optional.empty());
    }
  }

  /** Tells everybody who follows. */
  public void publish(NodeEvent what) {
    Event event = new Event(newest.incrementAndGet(), Instant.now(), what);
    ring.accumulateAndGet(slot(event.number()), Optional.of(event), EventLog::later);
    followers.forEach(EventFollower::wake);
  }

  /** Number of the last event; without events, the number before the first. */
  public long newest() {
    return newest.get();
  }

  /**
   * Begins to follow, for the calling thread.
   *
   * @param after number of the last event that is known already
   */
  public EventFollower follow(long after) {
    EventFollower follower = new EventFollower(this, after);
    followers.add(follower);
    return follower;
  }

  /** Nobody has to wait for more events. */
  @Override
  public void close() {
    closed = true;
    followers.forEach(EventFollower::wake);
  }

  boolean isClosed() {
    return closed;
  }

  void leave(EventFollower follower) {
    followers.remove(follower);
  }

  /** Events without a gap, in order; they begin later than asked for if some are gone. */
  List<Event> after(long number) {
    long last = newest();
    long oldest = Math.max(begin, last - KEPT) + 1;
    long next = number >= oldest - 1 && number <= last ? number + 1 : oldest;
    List<Event> events = new ArrayList<>();
    while (next <= last && events.size() < MOST_AT_ONCE) {
      Optional<Event> found = ring.get(slot(next));
      if (found.isEmpty() || found.get().number() != next) {
        break; // another thread is about to write it, or it has been written over just now
      }
      events.add(found.get());
      next++;
    }
    return events;
  }

  private static int slot(long number) {
    return Math.floorMod(number, KEPT);
  }

  /** A thread that was held up must not write over an event that came long after its own. */
  private static Optional<Event> later(Optional<Event> one, Optional<Event> other) {
    return number(one) > number(other) ? one : other;
  }

  private static long number(Optional<Event> event) {
    return event.map(Event::number).orElse(0L);
  }
}
