package org.universalnode.bench.northbound;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.universalnode.bench.lab.Interrupted;

/** A webhook on loopback that gets a node's description whenever it changes. */
final class Receiver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int NO_CONTENT = 204;
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private JsonObject latest = new JsonObject();

  private Receiver(HttpServer server) {
    this.server = server;
  }

  /**
   * A description that came.
   *
   * @param nanos when, by {@link System#nanoTime}
   */
  record Told(JsonObject description, long nanos) {}

  static Receiver open() {
    try {
      InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      Receiver receiver = new Receiver(HttpServer.create(loopback, 0));
      receiver.server.createContext("/", receiver::take);
      receiver.server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The part of a node's configuration by which it gets them. */
  String upstream() {
    return """
    [[upstream]]
    kind = "webhook"
    address = "http://127.0.0.1:%d/"
    """
        .formatted(server.getAddress().getPort());
  }

  /** The next of which that is true; those before it are forgotten. */
  Told next(Predicate<JsonObject> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Told one = poll(deadline - System.nanoTime());
      latest = one.description;
      if (wanted.test(one.description)) {
        return one;
      }
    }
  }

  /** The last that came; {@link #next} goes on behind it. */
  JsonObject latest() {
    for (Told one = told.poll(); one != null; one = told.poll()) {
      latest = one.description;
    }
    return latest;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private Told poll(long nanos) {
    try {
      Told one = told.poll(nanos, TimeUnit.NANOSECONDS);
      if (one == null) {
        throw new IllegalStateException("the node does not tell what was waited for");
      }
      return one;
    } catch (InterruptedException e) {
      throw Interrupted.cancelled();
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      long nanos = System.nanoTime();
      exchange.sendResponseHeaders(NO_CONTENT, NO_BODY);
      JsonObject document = JsonParser.parseString(body).getAsJsonObject();
      told.add(new Told(document.getAsJsonObject("netgroup-domain:informations"), nanos));
    }
  }
}
