package org.universalnode.node.rest;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.linux.TcpPeers;
import org.universalnode.problem.Problem;

/**
 * Who may talk to the node: the users of this machine that it is told, over loopback, and no web
 * page in their browser.
 *
 * @param users user ids that may
 * @param peers knows who is at the other end of a connection
 */
record Guard(List<Integer> users, TcpPeers peers) {
  private static final String LOCAL_HOST = "(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d{1,5})?";

  Guard {
    users = List.copyOf(users);
  }

  /** Who asks; empty if that is not a user of this machine. */
  OptionalInt user(HttpExchange exchange) {
    return peers.user(exchange.getRemoteAddress(), exchange.getLocalAddress());
  }

  Optional<Problem> refusal(HttpExchange exchange, OptionalInt user) {
    String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
    if (exchange.getRequestHeaders().containsKey("Origin") || !host.matches(LOCAL_HOST)) {
      return Optional.of(
          forbidden("the node does not talk to web pages")
              .next("use curl or un, at http://127.0.0.1"));
    }
    if (user.isEmpty() || !users.contains(user.getAsInt())) {
      return Optional.of(
          forbidden("only root may talk to the node").next("use sudo, on the node itself"));
    }
    return Optional.empty();
  }

  private static Problem forbidden(String detail) {
    return Problem.of(Problem.Code.FORBIDDEN, detail);
  }
}
