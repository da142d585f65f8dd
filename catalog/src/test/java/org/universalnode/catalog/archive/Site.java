package org.universalnode.catalog.archive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A server of files on loopback, with entity tags and redirects; it notes what it was asked. */
final class Site implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final Map<String, Refused> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private Site(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext("/", this::answer);
    server.start();
  }

  static Site plain() throws IOException {
    return new Site(HttpServer.create(anyPort(), 0), "http");
  }

  static Site secure(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new Site(server, "https");
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  URI put(String path, byte[] content) {
    files.put(path, content);
    return uri(path);
  }

  URI redirect(String path, String location) {
    redirects.put(path, location);
    return uri(path);
  }

  /** Answers with that status instead, so often. */
  void answer(String path, int status, int times, String... headers) {
    answers.put(path, new Refused(status, new AtomicInteger(times), List.of(headers)));
  }

  private record Refused(int status, AtomicInteger times, List<String> headers) {}

  void remove(String path) {
    files.remove(path);
  }

  URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Status and path of every request that was answered. */
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    try (exchange) {
      byte[] content = files.get(path);
      String location = redirects.get(path);
      Refused refused = answers.get(path);
      if (refused != null && refused.times().getAndDecrement() > 0) {
        for (int i = 0; i < refused.headers().size(); i += 2) {
          exchange.getResponseHeaders().set(refused.headers().get(i), refused.headers().get(i + 1));
        }
        send(exchange, refused.status(), new byte[0]);
      } else if (location != null) {
        exchange.getResponseHeaders().set("Location", location);
        send(exchange, 302, new byte[0]);
      } else if (content == null) {
        send(exchange, 404, new byte[0]);
      } else {
        String tag = "\"" + java.util.Arrays.hashCode(content) + "\"";
        exchange.getResponseHeaders().set("ETag", tag);
        boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        send(exchange, same ? 304 : 200, same ? new byte[0] : content);
      }
    }
  }

  private void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    asked.add(status + " " + exchange.getRequestURI());
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
