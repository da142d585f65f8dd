package org.universalnode.catalog.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Another machine with templates, which may also misbehave. */
final class TemplateServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  TemplateServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::answer);
    server.start();
  }

  /** A file with an entity tag. */
  TemplateServer file(String path, String text) {
    return answer(path, exchange -> file(exchange, text));
  }

  TemplateServer answer(String path, HttpHandler handler) {
    answers.put(path, handler);
    return this;
  }

  /** A list of templates by their paths. */
  TemplateServer index(Map<String, String> templates) {
    templates.forEach(this::file);
    String entries =
        templates.entrySet().stream()
            .map(one -> entry(one.getKey(), new Item("", one.getValue()).digest()))
            .reduce((a, b) -> a + "," + b)
            .orElse("");
    return file("/catalog.json", "{\"catalog\": 1, \"templates\": [" + entries + "]}");
  }

  static String entry(String template, String digest) {
    return "{\"template\": \"%s\", \"sha256\": \"%s\"}".formatted(template, digest);
  }

  SourceAddress asIndex() {
    return SourceAddress.parse("index=" + base() + "/catalog.json");
  }

  SourceAddress asDatastore() {
    return SourceAddress.parse("datastore=" + base());
  }

  /** Status and path of each request that was answered with one. */
  List<String> asked() {
    return asked;
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  void status(HttpExchange exchange, int status) throws IOException {
    asked.add(status + " " + exchange.getRequestURI());
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    HttpHandler handler = answers.get(exchange.getRequestURI().getRawPath());
    if (handler == null) {
      status(exchange, 404);
    } else {
      handler.handle(exchange);
    }
  }

  private void file(HttpExchange exchange, String text) throws IOException {
    String tag = "\"" + new Item("", text).digest() + "\"";
    exchange.getResponseHeaders().set("ETag", tag);
    if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      status(exchange, 304);
      return;
    }
    asked.add("200 " + exchange.getRequestURI());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
