package org.universalnode.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;

/** Shows what happens to a graph while a request about it is under way. */
final class Watch {
  /** For what the node has told already and is still on its way. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** The same, where nobody knows how much that is. */
  private static final Duration MAYBE_MORE = Duration.ofMillis(300);

  private static final Duration LOOK = Duration.ofMillis(5);

  private final EventSource source;
  private final Thread reader;

  private Watch(Invocation call, EventSource source) {
    this.source = source;
    this.reader = Thread.ofVirtual().unstarted(() -> show(call));
  }

  /**
   * Sends a request, and shows events of the graph until it is answered if the call wants that. The
   * events come first, so that none is missed.
   */
  static Reply of(Invocation call, String graph, Function<NodeClient, Reply> request) {
    NodeClient node = call.node();
    if (!call.flag(Command.WATCH)) {
      return request.apply(node);
    }
    Watch watch = new Watch(call, node.events(graph, OptionalLong.empty()));
    watch.reader.start();
    OptionalLong last = OptionalLong.empty();
    try {
      Reply reply = request.apply(node);
      last = reply.lastEvent();
      return reply;
    } finally {
      watch.end(last);
    }
  }

  private void show(Invocation call) {
    try (source) {
      while (true) {
        source
            .next()
            .ifPresent(
                event -> {
                  call.err().print(EventLine.of(event, call));
                  call.err().flush();
                });
      }
    } catch (IOException _) {
      // the node's answer says what became of the request, whatever became of the stream
    }
  }

  private void end(OptionalLong last) {
    Duration patience = last.isPresent() ? LAST_WORDS : MAYBE_MORE;
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (reader.isAlive() && System.nanoTime() < deadline && isBehind(last)) {
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.interrupt(); // which closes the connection
  }

  private boolean isBehind(OptionalLong last) {
    return last.isEmpty() || source.seen().orElse(0) < last.getAsLong();
  }
}
