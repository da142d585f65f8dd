package org.universalnode.node.upstream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A webhook on loopback that keeps what it gets. */
public final class Receiver implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  /** A document that came, and when. */
  public record Received(Headers headers, String body, long nanos) {}

  private final HttpServer server;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private volatile int status = 204;

  public Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  /** Answers like that from now on. */
  public void answer(int other) {
    status = other;
  }

  /** The next document of which that is true; others are forgotten. */
  public Received next(Predicate<String> wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      Received one = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (one == null) {
        throw new AssertionError("nothing came that was waited for");
      }
      if (wanted.test(one.body())) {
        return one;
      }
    }
  }

  /** How many came that nobody took. */
  public int waiting() {
    return received.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Location", "/elsewhere");
    int answer = status;
    received.add(new Received(exchange.getRequestHeaders(), body, System.nanoTime()));
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }
}
