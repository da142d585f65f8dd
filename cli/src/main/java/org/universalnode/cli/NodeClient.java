package org.universalnode.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Talks to one node over its REST interface. An answer other than success is thrown as {@link
 * Refusal}, no answer at all as another {@link ProblemException}.
 */
final class NodeClient {
  private static final int LAST_PORT = 65_535;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int MOST_RETRIES = 5;
  private static final int LONGEST_PAUSE_SECONDS = 10;
  private static final byte[] NO_BODY = {};
  private static final String LOCAL = "localhost|127(\\.\\d{1,3}){3}|\\[::1\\]";
  private static final Map<String, String> NONE = Map.of();

  private final String base;
  private final Credentials credentials;

  private NodeClient(String base, Credentials credentials) {
    this.base = base;
    this.credentials = credentials;
  }

  /** Whether this can be the address of a node: an http or https URL with a host. */
  static boolean accepts(String url) {
    try {
      URI uri = new URI(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
      return web && bare && uri.getHost() != null && uri.getPort() <= LAST_PORT;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** A client of the node at an {@link #accepts accepted} URL; connects only to send something. */
  static NodeClient at(String url, Credentials credentials) {
    if (credentials.token().isPresent()) {
      requireSecrecy(url);
    }
    return new NodeClient(url, credentials);
  }

  /** Throws where passwords and tokens that are sent could be read by others. */
  static void requireSecrecy(String url) {
    if (!keepsSecrets(URI.create(url))) {
      throw Problem.of(Code.FORBIDDEN, "no secret is sent to " + url + " for all to read")
          .next("use https")
          .asException();
    }
  }

  /** Nobody reads what is sent with TLS, or stays on the machine. */
  private static boolean keepsSecrets(URI uri) {
    String host = Objects.requireNonNullElse(uri.getHost(), "");
    return "https".equals(uri.getScheme()) || host.matches(LOCAL);
  }

  Reply get(String path) {
    return send("GET", path, NONE, NO_BODY);
  }

  Reply delete(String path, Map<String, String> headers) {
    return send("DELETE", path, headers, NO_BODY);
  }

  Reply post(String path, byte[] json) {
    return send("POST", path, NONE, json);
  }

  Reply put(String path, Map<String, String> headers, byte[] json) {
    return send("PUT", path, headers, json);
  }

  /**
   * The node's events.
   *
   * @param after the last that is known; empty for those that come from now on
   */
  EventSource events(String graph, OptionalLong after) {
    String path = ResourcePath.events(graph, after);
    Exchange exchange = connected("GET", path, Map.of("Accept", "text/event-stream"), NO_BODY);
    try {
      Optional<InputStream> body = exchange.stream(EventSource.SILENCE_MS);
      if (body.isEmpty()) {
        throw ErrorReply.refusal(exchange.reply(), "GET " + path);
      }
      return new EventSource(body.get());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** A node that has too much to do is asked again when it says so, but not for ever. */
  private Reply send(String method, String path, Map<String, String> headers, byte[] json) {
    Reply reply = answered(method, path, headers, json);
    for (int i = 0; i < MOST_RETRIES && isBusy(reply) && pause(reply); i++) {
      reply = answered(method, path, headers, json);
    }
    if (!reply.succeeded()) {
      throw ErrorReply.refusal(reply, method + " " + path);
    }
    return reply;
  }

  private static boolean isBusy(Reply reply) {
    boolean busy = reply.status() == TOO_MANY || reply.status() == UNAVAILABLE;
    return busy && reply.retryAfter().orElse(Long.MAX_VALUE) <= LONGEST_PAUSE_SECONDS;
  }

  /** False if whoever runs this wants it to end. */
  private static boolean pause(Reply reply) {
    try {
      Thread.sleep(Duration.ofSeconds(reply.retryAfter().orElse(0)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Reply answered(String method, String path, Map<String, String> headers, byte[] json) {
    Exchange exchange = connected(method, path, headers, json);
    try {
      return exchange.reply();
    } catch (SocketTimeoutException e) {
      throw failed(
          Problem.of(
                  Code.TIMEOUT, "no answer within " + Exchange.ANSWER_SECONDS + " s from " + base)
              .next("the node may still be working on it; see: un list, un status ID"),
          e);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private ProblemException broken(IOException cause) {
    return failed(
        Problem.of(Code.INTERNAL, "the connection to " + base + " broke: " + reason(cause))
            .next("see with un list what was done, then try again"),
        cause);
  }

  private Exchange connected(String method, String path, Map<String, String> headers, byte[] json) {
    try {
      Map<String, String> all = new HashMap<>(headers);
      credentials.token().ifPresent(token -> all.put("X-Auth-Token", token));
      URI uri = URI.create(base + path);
      return Exchange.connect(new Exchange.Call(method, uri, all, credentials.authorities()), json);
    } catch (UnknownHostException e) {
      throw failed(
          Problem.of(Code.NOT_FOUND, "cannot reach the node at " + base + ": unknown host")
              .next("check --url or UN_URL"),
          e);
    } catch (SSLException e) {
      throw failed(
          Problem.of(Code.FORBIDDEN, "the node at " + base + " is not to be trusted: " + reason(e))
              .next("name the file with its certificate: --ca FILE, or UN_CA"),
          e);
    } catch (IOException e) {
      throw failed(
          Problem.of(Code.NOT_FOUND, "cannot reach the node at " + base + ": " + reason(e))
              .next("start it with: un serve"),
          e);
    }
  }

  private static String reason(IOException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }

  private static ProblemException failed(Problem problem, IOException cause) {
    return new ProblemException(List.of(problem), cause);
  }
}
