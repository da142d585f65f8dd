package org.universalnode.node.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.universalnode.node.event.EventFollower;
import org.universalnode.node.event.EventLog;
import org.universalnode.node.event.EventLog.Event;

/**
 * One client's stream of server-sent events (WHATWG HTML, section 9.2). It reads the log at its own
 * pace, so whoever publishes never waits for it.
 */
final class EventStream implements Response.Stream {
  private static final long IDLE = Long.MAX_VALUE;
  private static final int LOOKS = 4;

  private final EventLog log;
  private final Wish wish;
  private final EventStreams.Pace pace;
  private final Consumer<EventStream> leave;
  private volatile Optional<Writer> writer = Optional.empty();
  private volatile long writingSince = IDLE;
  private volatile boolean closed;

  /**
   * What a client wants to see.
   *
   * @param graph events of this graph only; empty for all
   * @param after number of the last event that it knows; empty for what happens from now on
   * @param viewer whose wish it is
   */
  record Wish(String graph, Optional<Long> after, Viewer viewer) {
    private boolean covers(Event event) {
      String about = event.what().graph();
      return (graph.isEmpty() || about.equals(graph)) && (about.isEmpty() || viewer.sees(about));
    }
  }

  private record Writer(Thread thread, EventFollower follower) {}

  EventStream(EventLog log, Wish wish, EventStreams.Pace pace, Consumer<EventStream> leave) {
    this.log = log;
    this.wish = wish;
    this.pace = pace;
    this.leave = leave;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    long after = wish.after().orElseGet(log::newest);
    try (EventFollower follower = log.follow(after)) {
      writer = Optional.of(new Writer(Thread.currentThread(), follower));
      Thread.startVirtualThread(this::hangUpOnWhoDoesNotRead);
      write(out, "retry: 1000\n");
      write(out, wish.after().isPresent() ? "\n" : id(after) + "\n");
      follow(follower, out);
    }
  }

  private void follow(EventFollower follower, OutputStream out) throws IOException {
    while (wish.viewer().isLetIn()) {
      long seen = follower.seen();
      List<Event> events = follower.next(pace.heartbeat());
      if (!events.isEmpty()) {
        write(out, text(seen, events));
      } else if (follower.hasEnded()) {
        return;
      } else {
        beat(out);
      }
    }
  }

  /** In two parts: by the answer to the first the kernel learns that a client is gone. */
  private void beat(OutputStream out) throws IOException {
    write(out, ":\n");
    write(out, "\n");
  }

  /** Of events that the client does not want it gets the last number, to go on from there. */
  private String text(long seen, List<Event> events) {
    StringBuilder text = new StringBuilder();
    long first = events.getFirst().number();
    if (first != seen + 1 && seen != 0) {
      text.append("event: missed\ndata: ").append(EventText.missed(seen, first)).append("\n\n");
    }
    events.stream()
        .filter(wish::covers)
        .forEach(
            event ->
                text.append(id(event.number()))
                    .append("event: ")
                    .append(EventText.kind(event.what()))
                    .append("\ndata: ")
                    .append(EventText.data(event))
                    .append("\n\n"));
    if (!wish.covers(events.getLast())) {
      text.append(id(events.getLast().number())).append('\n');
    }
    return text.toString();
  }

  private static String id(long number) {
    return "id: " + number + "\n";
  }

  private void write(OutputStream out, String text) throws IOException {
    writingSince = System.nanoTime();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    writingSince = IDLE;
  }

  /** An interrupted thread does not write on: the channel of its connection is closed. */
  private void hangUpOnWhoDoesNotRead() {
    Duration look = pace.patience().dividedBy(LOOKS);
    try {
      while (!closed) {
        Thread.sleep(look);
        long since = writingSince;
        if (since != IDLE && System.nanoTime() - since > pace.patience().toNanos()) {
          cut();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends something, by which it shows whether the client is there. */
  void probe() {
    writer.ifPresent(w -> w.follower().nudge());
  }

  /** Ends now, whatever the client does. */
  void cut() {
    writer.ifPresent(w -> w.thread().interrupt());
  }

  @Override
  public void close() {
    closed = true;
    leave.accept(this);
  }
}
