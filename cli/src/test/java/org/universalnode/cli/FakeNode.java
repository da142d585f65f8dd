package org.universalnode.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** Plays the node: answers as told, with 404 to anything else, and remembers what it was sent. */
final class FakeNode implements AutoCloseable {
  private record Answer(int status, String body, Map<String, String> headers, int times) {
    private Answer(int status, String body, Map<String, String> headers) {
      this(status, body, headers, Integer.MAX_VALUE);
    }
  }

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, Answer> busy = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> conditions = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  FakeNode() {
    this(HttpServer::create);
  }

  /** One that speaks TLS. */
  FakeNode(SSLContext identity) {
    this(
        (address, backlog) -> {
          HttpsServer secure = HttpsServer.create(address, backlog);
          secure.setHttpsConfigurator(new HttpsConfigurator(identity));
          return secure;
        });
  }

  private interface Maker {
    HttpServer make(InetSocketAddress address, int backlog) throws IOException;
  }

  private FakeNode(Maker maker) {
    try {
      server = maker.make(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  FakeNode on(String request, int status, String body) {
    return on(request, status, body, "");
  }

  /** What to answer to a request such as {@code GET /NF-FG}; the path as it was sent, encoded. */
  FakeNode on(String request, int status, String body, String timing) {
    return on(request, status, body, timing.isEmpty() ? Map.of() : Map.of("Server-Timing", timing));
  }

  FakeNode on(String request, int status, String body, Map<String, String> headers) {
    answers.put(request, new Answer(status, body, headers));
    return this;
  }

  /** Before it answers to a request as told, it says so many times that it is busy. */
  FakeNode busy(String request, int times, String seconds) {
    busy.put(request, new Answer(429, "{\"detail\":\"too much\"}", retry(seconds), times));
    return this;
  }

  private static Map<String, String> retry(String seconds) {
    return seconds.isEmpty() ? Map.of() : Map.of("Retry-After", seconds);
  }

  /** A part of a log, which is there once. */
  void log(String request, String body, String next) {
    answers.put(request, new Answer(200, body, Map.of("Log-Next", next), 1));
  }

  String url() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The token of every request that had one. */
  List<String> tokens() {
    return tokens;
  }

  /** Every request so far: method, path, and the body if there was one. */
  List<String> requests() {
    return requests;
  }

  /** Every precondition so far, as {@code If-Match: "tag"}. */
  List<String> conditions() {
    return conditions;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add((request + " " + body).strip());
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Auth-Token"))
        .ifPresent(tokens::add);
    for (String header : List.of("If-Match", "If-None-Match")) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(header))
          .ifPresent(value -> conditions.add(header + ": " + value));
    }
    Map<String, Answer> from = busy.containsKey(request) ? busy : answers;
    Answer answer = from.getOrDefault(request, new Answer(404, "no route", Map.of()));
    if (answer.times() <= 1) {
      from.remove(request);
    } else if (from.containsKey(request)) {
      int left = answer.times() - 1;
      from.put(request, new Answer(answer.status(), answer.body(), answer.headers(), left));
    }
    send(answer, exchange);
  }

  private static void send(Answer answer, HttpExchange exchange) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
