package org.universalnode.bench.northbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * The JDK's server without a node behind it: it asks a node once for each path and then gives the
 * same answers. A program of its own, because the node is one.
 */
public final class BareServer {
  private static final Set<String> SERVERS_OWN = Set.of("date", "content-length");

  private BareServer() {}

  /** Arguments: the node's address, then paths. Prints where it answers, and runs until killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String path : List.of(arguments).subList(1, arguments.length)) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0] + path)).build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        server.createContext(path, exchange -> repeat(answer, exchange));
      }
    }
    server.start();
    System.out.println("ready at http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void repeat(HttpResponse<byte[]> answer, HttpExchange exchange)
      throws IOException {
    try (exchange) {
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!SERVERS_OWN.contains(name)) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }
}
