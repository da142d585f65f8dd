package org.universalnode.node.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.universalnode.linux.TcpPeers;
import org.universalnode.node.security.AuditEntry;
import org.universalnode.node.security.Caller;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** The HTTP server: one virtual thread a request. */
public final class RestServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RestServer.class.getName());
  private static final int BACKLOG = 128;
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int FORBIDDEN = 403;
  private static final int BUSY = 429;
  private static final int NO_BODY = -1;
  private static final int UNKNOWN_LENGTH = 0;

  /** Longer than the handlers of one change and of its undoing may take. */
  private static final int PATIENCE_SECONDS = 100;

  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final TcpPeers peers = TcpPeers.open();
  private final Access access;
  private final Admission admission;
  private final Admission strangers;
  private final Function<Request, Response> routes;

  private RestServer(Access access, Capacity capacity, Function<Request, Response> routes) {
    this.access = access;
    this.admission = new Admission(capacity);
    this.strangers = new Admission(Capacity.OF_STRANGERS);
    this.routes = routes;
  }

  /**
   * Starts to listen.
   *
   * @param access who may connect; with TLS it says who is let in by a password
   */
  public static RestServer start(
      List<Listener> listeners, Access access, Capacity capacity, Api api) {
    return start(listeners, access, capacity, api::answer);
  }

  static RestServer start(
      List<Listener> listeners,
      Access access,
      Capacity capacity,
      Function<Request, Response> routes) {
    RestServer server = new RestServer(access, capacity, routes);
    try {
      listeners.forEach(server::listen);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The port of each listener, in their order. */
  public List<Integer> ports() {
    return servers.stream().map(server -> server.getAddress().getPort()).toList();
  }

  /**
   * Takes no more requests, hangs up, and lets changes that are under way finish, within limits.
   */
  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
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

  private void listen(Listener listener) {
    try {
      HttpServer server =
          listener.tls().isPresent()
              ? secure(listener.address(), listener.tls().get())
              : HttpServer.create(listener.address(), BACKLOG);
      Door door =
          listener.tls().isPresent()
              ? new Door.Secure(access.security().orElseThrow())
              : new Door.Local(access.users(), peers, access.security());
      server.setExecutor(threads);
      server.createContext("/", exchange -> handle(exchange, door));
      server.start();
      servers.add(server);
    } catch (IOException e) {
      throw Problem.of(
              Problem.Code.CONFLICT,
              "can't listen on " + listener.address() + ": " + e.getMessage())
          .next("is another node running? choose another address with --listen or --tls-listen")
          .asException();
    }
  }

  private static HttpServer secure(InetSocketAddress address, SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters newest = getSSLContext().getDefaultSSLParameters();
            newest.setProtocols(new String[] {"TLSv1.3"});
            parameters.setSSLParameters(newest);
          }
        });
    return server;
  }

  private void handle(HttpExchange exchange, Door door) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange, door));
    }
  }

  private Response answer(HttpExchange exchange, Door door) throws IOException {
    Asker asker;
    try {
      asker = door.asker(exchange);
    } catch (RuntimeException e) {
      return failure(exchange, e);
    }
    Incoming incoming = new Incoming(exchange, asker);
    Response response = answer(incoming, door);
    record(incoming, response);
    return response;
  }

  private Response answer(Incoming incoming, Door door) throws IOException {
    try {
      Optional<Problem> refusal = door.refusal(incoming.exchange());
      if (refusal.isPresent()) {
        throw refusal.get().asException();
      }
      List<String> path = incoming.path();
      Admission places = incoming.asker().isStranger() ? strangers : admission;
      try (Admission.Place _ = places.admit(incoming.method(), path, incoming.announcedLength())) {
        return routes.apply(incoming.request(path));
      }
    } catch (RuntimeException e) {
      return failure(incoming.exchange(), e);
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
  private void record(Incoming incoming, Response response) {
    boolean reads = READING.contains(incoming.method());
    if (reads && response.status() != FORBIDDEN) {
      return;
    }
    Asker asker = incoming.asker();
    String account =
        asker.caller() instanceof Caller.Person person ? person.account().name() : response.actor();
    boolean nobody = asker.user().isEmpty() && account.isEmpty();
    if (nobody && !isFailedLogin(incoming, response)) {
      return; // who is not known could push out of the log what others did
    }
    access.audit().record(entry(incoming, account, response.status()));
  }

  private static boolean isFailedLogin(Incoming incoming, Response response) {
    return incoming.rawPath().equals(Operation.LOG_IN.path()) && response.status() != BUSY;
  }

  private static AuditEntry entry(Incoming incoming, String account, int status) {
    Asker asker = incoming.asker();
    InetSocketAddress peer = asker.peer();
    return new AuditEntry(
        Instant.now(),
        asker.user(),
        account,
        peer.getAddress().getHostAddress() + ":" + peer.getPort(),
        incoming.method(),
        incoming.rawPath(),
        status);
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
