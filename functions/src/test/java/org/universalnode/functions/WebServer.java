package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.universalnode.testbed.Host;

/** A web server at port 80 of a host; what it serves may be kept for ten minutes. */
record WebServer(HttpServer server, List<String> requests) implements AutoCloseable {
  static final String PAGE = "a page of the server";

  static WebServer on(Host host, String address) {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer server =
        host.namespace().call(() -> HttpServer.create(new InetSocketAddress(address, 80), 0));
    server.createContext("/", exchange -> answer(exchange, requests));
    server.start();
    return new WebServer(server, requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, List<String> requests) throws IOException {
    try (exchange) {
      String from = exchange.getRemoteAddress().getAddress().getHostAddress();
      requests.add(exchange.getRequestURI().getPath() + " from " + from);
      exchange.getResponseHeaders().add("Cache-Control", "max-age=600");
      exchange.sendResponseHeaders(200, PAGE.length());
      exchange.getResponseBody().write(PAGE.getBytes(UTF_8));
    }
  }
}
