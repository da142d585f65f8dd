package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Connects, keeps a mirror true for as long as the connection lives, and connects again. */
final class Connector {
  private static final String MONITOR = "universal node";

  private final Settings settings;
  private final Mirror mirror;
  private final Thread thread;
  private final CompletableFuture<Optional<Problem>> firstAttempt = new CompletableFuture<>();
  private volatile Optional<Requests> requests = Optional.empty();
  private volatile boolean stopped;

  Connector(Settings settings, Mirror mirror) {
    this.settings = settings;
    this.mirror = mirror;
    this.thread =
        Thread.ofPlatform().name("ovsdb " + settings.database()).daemon().unstarted(this::run);
  }

  /** Begins; what went wrong at the first attempt, if anything. */
  Optional<Problem> start() {
    thread.start();
    Duration patience = settings.limits().request().multipliedBy(3); // connect, and two requests
    try {
      return firstAttempt.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.of(settings.notConnected("the server does not accept it"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(settings.notConnected("interrupted"));
    } catch (ExecutionException e) {
      throw new IllegalStateException("an attempt is completed, never failed", e);
    }
  }

  /** Empty while there is no connection. */
  Optional<Requests> requests() {
    return requests;
  }

  boolean isCurrentThread() {
    return Thread.currentThread().equals(thread);
  }

  /** Returns when the thread has ended, unless it is the one that calls. */
  void stop() {
    stopped = true;
    thread.interrupt();
    try {
      if (!isCurrentThread()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = settings.limits().shortestPause();
    try {
      while (!stopped) {
        pause = connection() ? settings.limits().shortestPause() : longer(pause);
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by stop, and this thread's last act
    } finally {
      lost(settings.notConnected("closed"));
      mirror.close();
    }
  }

  private Duration longer(Duration pause) {
    Duration longest = settings.limits().longestPause();
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(longest) < 0 ? twice : longest;
  }

  /** One connection from beginning to end; whether it ever stood. */
  private boolean connection() {
    try (Wire wire = Wire.connect(settings.socket(), settings.limits().messageBytes())) {
      Session session = new Session(wire, settings.limits(), this::notified);
      Problem cause = serve(session);
      boolean stood = lost(cause);
      session.requests().end(cause);
      return stood;
    } catch (IOException e) {
      return lost(settings.notConnected(e.toString()));
    }
  }

  /** Before those who wait for answers hear of it, so that none of them reads an old snapshot. */
  private boolean lost(Problem cause) {
    requests = Optional.empty();
    boolean stood = mirror.disconnected(cause);
    firstAttempt.complete(Optional.of(cause));
    return stood;
  }

  /** What ended it. */
  private Problem serve(Session session) {
    try {
      JsonArray database = new JsonArray();
      database.add(settings.database());
      session.ask("get_schema", database, schema -> Schema.check(schema, settings));
      session.ask(
          "monitor",
          Encoder.monitor(MONITOR, settings),
          rows -> {
            var first = Decoder.updates(rows);
            requests = Optional.of(session.requests());
            mirror.connected(first);
            firstAttempt.complete(Optional.empty());
          });
      session.serve(() -> stopped);
      return settings.notConnected("closed");
    } catch (IOException e) {
      return settings.notConnected(stopped ? "closed" : e.toString());
    } catch (ProblemException e) {
      return e.first();
    } catch (RuntimeException e) {
      return Problem.of(Code.INTERNAL, "the connection to the database failed: " + e)
          .next("a fault of this node: report it");
    }
  }

  /** Others than ours tell of what we did not ask for, or that the schema is not what it was. */
  private void notified(Message.Notification told) {
    if (requests.isEmpty() || !told.method().equals("update") || told.params().size() != 2) {
      throw Json.malformed("an update", new JsonPrimitive(told.method()));
    }
    mirror.changed(Decoder.updates(told.params().get(1)));
  }
}
