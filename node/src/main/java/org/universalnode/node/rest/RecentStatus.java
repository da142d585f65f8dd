package org.universalnode.node.rest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What was answered of graphs a moment ago. To look at a function costs system calls, and a client
 * that waits for a graph asks very often; so as long as no event was published nothing is looked at
 * twice within that moment. Thread-safe.
 */
final class RecentStatus {
  private static final long MOMENT_NANOS = 50_000_000;
  private static final int MOST_GRAPHS = 4_096;

  private final LongSupplier newestEvent;
  private final LongSupplier nanos;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(long event, long since, Response response) {}

  /**
   * Knows nothing yet.
   *
   * @param newestEvent number of the last event
   * @param nanos a clock that nobody sets
   */
  RecentStatus(LongSupplier newestEvent, LongSupplier nanos) {
    this.newestEvent = newestEvent;
    this.nanos = nanos;
  }

  /** The answer of a moment ago, if it holds, else a new one. */
  Response of(String graph, Function<String, Response> look) {
    long event = newestEvent.getAsLong();
    long now = nanos.getAsLong();
    Known last = known.get(graph);
    if (last != null && last.event() == event && now - last.since() < MOMENT_NANOS) {
      return last.response();
    }
    Response response = look.apply(graph);
    if (known.size() >= MOST_GRAPHS) {
      known.clear();
    }
    known.put(graph, new Known(event, now, response));
    return response;
  }

  /** Somebody does something to the graph. */
  void forget(String graph) {
    known.remove(graph);
  }
}
