package org.universalnode.node.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.universalnode.linux.TcpPeers;
import org.universalnode.node.security.Audit;
import org.universalnode.node.security.AuditEntry;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** The HTTP server: one virtual thread a request. */
public final class RestServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RestServer.class.getName());
  static final int MOST_BODY_BYTES = 4 << 20;

  private static final int BACKLOG = 128;
  private static final int MOST_PARAMETERS = 16;
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int FORBIDDEN = 403;
  private static final int NO_BODY = -1;
  private static final int UNKNOWN_LENGTH = 0;

  /** Longer than the handlers of one change and of its undoing may take. */
  private static final int PATIENCE_SECONDS = 100;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final TcpPeers peers = TcpPeers.open();
  private final Guard guard;
  private final Audit audit;
  private final Admission admission;
  private final Function<Request, Response> routes;

  private RestServer(
      HttpServer server, Access access, Capacity capacity, Function<Request, Response> routes) {
    this.server = server;
    this.guard = new Guard(access.users(), peers);
    this.audit = access.audit();
    this.admission = new Admission(capacity);
    this.routes = routes;
  }

  /**
   * Starts to listen.
   *
   * @param access who may connect
   */
  public static RestServer start(
      InetSocketAddress address, Access access, Capacity capacity, Api api) {
    return start(address, access, capacity, api::answer);
  }

  static RestServer start(
      InetSocketAddress address,
      Access access,
      Capacity capacity,
      Function<Request, Response> routes) {
    if (!address.getAddress().isLoopbackAddress()) {
      throw Problem.of(
              Problem.Code.UNSUPPORTED, "the node listens on loopback only, not on " + address)
          .next("use 127.0.0.1 or [::1]")
          .asException();
    }
    try {
      HttpServer http = HttpServer.create(address, BACKLOG);
      RestServer server = new RestServer(http, access, capacity, routes);
      http.setExecutor(server.threads);
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (IOException e) {
      throw Problem.of(Problem.Code.CONFLICT, "can't listen on " + address + ": " + e.getMessage())
          .next("is another node running? choose another address with --listen")
          .asException();
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Takes no more requests, hangs up, and lets changes that are under way finish, within limits.
   */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "requests were cut off");
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    peers.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Response answer(HttpExchange exchange) throws IOException {
    OptionalInt user;
    try {
      user = guard.user(exchange);
    } catch (RuntimeException e) {
      return failure(exchange, e);
    }
    Response response = answer(exchange, user);
    record(exchange, user, response.status());
    return response;
  }

  private Response answer(HttpExchange exchange, OptionalInt user) throws IOException {
    try {
      Optional<Problem> refusal = guard.refusal(exchange, user);
      if (refusal.isPresent()) {
        throw refusal.get().asException();
      }
      List<String> path = path(exchange);
      int length = announcedLength(exchange);
      try (Admission.Place _ = admission.admit(exchange.getRequestMethod(), path, length)) {
        return routes.apply(request(exchange, path));
      }
    } catch (RuntimeException e) {
      return failure(exchange, e);
    }
  }

  private static Response failure(HttpExchange exchange, RuntimeException failure) {
    if (failure instanceof ProblemException told) {
      return Problems.response(told.problems());
    }
    LOG.log(System.Logger.Level.ERROR, "while answering " + exchange.getRequestURI(), failure);
    return Problems.response(
        List.of(
            Problem.of(Problem.Code.INTERNAL, "the node failed: " + failure)
                .next("see the node's log, and report it")));
  }

  /** Changes, and whatever is refused: what is only read would fill the log. */
  private void record(HttpExchange exchange, OptionalInt user, int status) {
    String method = exchange.getRequestMethod();
    if (READING.contains(method) && status != FORBIDDEN) {
      return;
    }
    InetSocketAddress peer = exchange.getRemoteAddress();
    String address = peer.getAddress().getHostAddress() + ":" + peer.getPort();
    String path = rawPath(exchange.getRequestURI());
    audit.record(new AuditEntry(Instant.now(), user, address, method, path, status));
  }

  private static Request request(HttpExchange exchange, List<String> path) throws IOException {
    byte[] body = read(exchange.getRequestBody());
    if (body.length > MOST_BODY_BYTES) {
      throw Problem.of(
              Problem.Code.LIMIT, "a request has at most " + MOST_BODY_BYTES + " bytes of body")
          .asException();
    }
    String text = new String(body, StandardCharsets.UTF_8);
    return new Request(exchange.getRequestMethod(), path, query(exchange), headers(exchange), text);
  }

  /** How much of a body there can be to be read; a wrong number is found out when it is read. */
  private static int announcedLength(HttpExchange exchange) {
    if (exchange.getRequestHeaders().containsKey("Transfer-Encoding")) {
      return MOST_BODY_BYTES;
    }
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    boolean small = length != null && length.matches("[0-9]{1,7}");
    return length == null
        ? 0
        : Math.min(small ? Integer.parseInt(length) : MOST_BODY_BYTES, MOST_BODY_BYTES);
  }

  /** At most one byte more than allowed; the rest is drained, so that the client can read on. */
  private static byte[] read(InputStream stream) throws IOException {
    byte[] body = stream.readNBytes(MOST_BODY_BYTES + 1);
    stream.skip(MOST_BODY_BYTES);
    return body;
  }

  private static List<String> path(HttpExchange exchange) {
    try {
      return Arrays.stream(rawPath(exchange.getRequestURI()).split("/", -1))
          .filter(segment -> !segment.isEmpty())
          .map(RestServer::decoded)
          .toList();
    } catch (IllegalArgumentException e) {
      throw Problem.of(Problem.Code.INVALID_DOCUMENT, "the path is not percent-encoded correctly")
          .asException();
    }
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> values = new HashMap<>();
    String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    for (String pair : raw.split("&", MOST_PARAMETERS)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> values = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, lines) -> values.put(name.toLowerCase(Locale.ROOT), String.join(", ", lines)));
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** A path that begins with two slashes looks like a host to {@link URI}. */
  private static String rawPath(URI uri) {
    String path = uri.getScheme() == null ? uri.toString() : uri.getRawPath();
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    response.headers().forEach(exchange.getResponseHeaders()::set);
    switch (response.body()) {
      case Response.Text(String text) -> send(exchange, response.status(), text);
      case Response.Stream stream -> {
        try (stream) {
          exchange.sendResponseHeaders(response.status(), UNKNOWN_LENGTH);
          stream.writeTo(exchange.getResponseBody());
        }
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? NO_BODY : body.length);
    if (!none) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
