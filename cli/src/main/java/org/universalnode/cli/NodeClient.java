package org.universalnode.cli;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Talks to one node over its REST interface. An answer other than success is thrown as {@link
 * Refusal}, no answer at all as another {@link ProblemException}.
 */
final class NodeClient {
  private static final int LAST_PORT = 65_535;
  private static final byte[] NO_BODY = {};

  private final String base;

  private NodeClient(String base) {
    this.base = base;
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
  static NodeClient at(String url) {
    return new NodeClient(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }

  Reply get(String path) {
    return send("GET", path, NO_BODY);
  }

  Reply delete(String path) {
    return send("DELETE", path, NO_BODY);
  }

  Reply post(String path, byte[] json) {
    return send("POST", path, json);
  }

  Reply put(String path, byte[] json) {
    return send("PUT", path, json);
  }

  private Reply send(String method, String path, byte[] json) {
    Reply reply = answered(method, path, json);
    if (!reply.succeeded()) {
      throw ErrorReply.refusal(reply, method + " " + path);
    }
    return reply;
  }

  private Reply answered(String method, String path, byte[] json) {
    Exchange exchange = connected(method, path, json);
    try {
      return exchange.reply();
    } catch (SocketTimeoutException e) {
      throw failed(
          Problem.of(
                  Code.TIMEOUT, "no answer within " + Exchange.ANSWER_SECONDS + " s from " + base)
              .next("the node may still be working on it; see: un list, un status ID"),
          e);
    } catch (IOException e) {
      throw failed(
          Problem.of(Code.INTERNAL, "the connection to " + base + " broke: " + reason(e))
              .next("see with un list what was done, then try again"),
          e);
    }
  }

  private Exchange connected(String method, String path, byte[] json) {
    try {
      return Exchange.connect(method, URI.create(base + path), json);
    } catch (UnknownHostException e) {
      throw failed(
          Problem.of(Code.NOT_FOUND, "cannot reach the node at " + base + ": unknown host")
              .next("check --url or UN_URL"),
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
