package org.universalnode.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plays the node: answers as told, with 404 to anything else, and remembers what it was sent. */
final class FakeNode implements AutoCloseable {
  private record Answer(int status, String timing, String body, String logNext) {}

  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FakeNode() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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
    answers.put(request, new Answer(status, timing, body, ""));
    return this;
  }

  /** A part of a log, which is there once. */
  void log(String request, String body, String next) {
    answers.put(request, new Answer(200, "", body, next));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Every request so far: method, path, and the body if there was one. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add((request + " " + body).strip());
    Answer answer = answers.getOrDefault(request, new Answer(404, "", "no route", ""));
    if (!answer.logNext().isEmpty()) {
      answers.remove(request);
    }
    send(answer, exchange);
  }

  private static void send(Answer answer, HttpExchange exchange) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    if (!answer.timing().isEmpty()) {
      exchange.getResponseHeaders().set("Server-Timing", answer.timing());
    }
    if (!answer.logNext().isEmpty()) {
      exchange.getResponseHeaders().set("Log-Next", answer.logNext());
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
