package org.universalnode.node.rest;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.universalnode.node.event.EventLog;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Gives the node's events to those who ask, as server-sent events, as many as there are places. */
final class EventStreams implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final int PROBE_MILLIS = 200;

  private final EventLog events;
  private final Semaphore places;
  private final Pace pace;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

  /**
   * How long things may take.
   *
   * @param heartbeat after so long without an event a comment is sent, by which a client that is
   *     gone is noticed too
   * @param patience who takes longer to accept what is sent is hung up on
   */
  record Pace(Duration heartbeat, Duration patience) {
    static final Pace USUAL = new Pace(Duration.ofSeconds(15), Duration.ofSeconds(10));
  }

  EventStreams(EventLog events, int most, Pace pace) {
    this.events = events;
    this.places = new Semaphore(most);
    this.pace = pace;
  }

  /**
   * A new stream.
   *
   * @param viewer who follows
   * @throws org.universalnode.problem.ProblemException if there is no place for it
   */
  Response answer(Request request, Viewer viewer) {
    if (request.method().equals("HEAD")) {
      return Response.events(new Response.Text(""));
    }
    String graph = request.query().getOrDefault("graph", "");
    EventStream.Wish wish = new EventStream.Wish(graph, after(request), viewer);
    if (!hasPlace()) {
      throw Admission.busy("as many clients follow events as the node serves at the same time");
    }
    EventStream stream = new EventStream(events, wish, pace, this::leave);
    open.add(stream);
    return Response.events(stream);
  }

  /** How many there are. */
  int count() {
    return open.size();
  }

  /** Number of the last event. */
  long newest() {
    return events.newest();
  }

  /** What has happened until now is still told; then all streams end. */
  @Override
  public void close() {
    events.close();
    long deadline = System.nanoTime() + LAST_WORDS.toNanos();
    while (!open.isEmpty() && System.nanoTime() < deadline && pause(LOOK)) {
      // they end by themselves, but those whose client does not read
    }
    open.forEach(EventStream::cut);
  }

  /** A client that went away without a word keeps its place until something is sent to it. */
  private boolean hasPlace() {
    if (places.tryAcquire()) {
      return true;
    }
    open.forEach(EventStream::probe);
    try {
      return places.tryAcquire(PROBE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void leave(EventStream stream) {
    if (open.remove(stream)) {
      places.release();
    }
  }

  /** What the client knows already: by the header if it comes again, else by the address. */
  private Optional<Long> after(Request request) {
    Optional<String> said =
        request
            .header("last-event-id")
            .filter(id -> !id.isEmpty())
            .or(() -> Optional.ofNullable(request.query().get("after")));
    return said.map(
        number -> {
          if (!number.matches("[0-9]{1,18}")) {
            throw Problem.of(Code.INVALID_DOCUMENT, "\"" + number + "\" is no event's number")
                .next("give the id of an event, or 0 for all that are kept")
                .asException();
          }
          return Long.valueOf(number);
        });
  }

  private static boolean pause(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
