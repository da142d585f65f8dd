package org.universalnode.node.rest;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.linux.TcpPeers;
import org.universalnode.node.security.Caller;
import org.universalnode.node.security.Security;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Where requests come in, and by what those who send them are known. */
sealed interface Door {
  String BEARER = "Bearer ";

  Optional<Problem> WEB_PAGE =
      Optional.of(
          Problem.of(Code.FORBIDDEN, "the node does not talk to web pages")
              .next("use curl or un, at the address that the node listens on"));

  /** Who sent a request. */
  Asker asker(HttpExchange exchange);

  /** Why nobody who sends such a request is listened to; empty if it is. */
  Optional<Problem> refusal(HttpExchange exchange);

  /**
   * For those on this machine, over loopback: users of it that the node is told, and no web page in
   * their browser.
   *
   * @param users user ids that need no password
   * @param peers knows who is at the other end of a connection
   */
  record Local(List<Integer> users, TcpPeers peers, Optional<Security> security) implements Door {
    private static final String LOCAL_HOST =
        "(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d{1,5})?";

    public Local {
      users = List.copyOf(users);
    }

    @Override
    public Asker asker(HttpExchange exchange) {
      OptionalInt user = peers.user(exchange.getRemoteAddress(), exchange.getLocalAddress());
      return new Asker(caller(exchange, user), user, exchange.getRemoteAddress());
    }

    @Override
    public Optional<Problem> refusal(HttpExchange exchange) {
      String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
      return isFromWebPage(exchange) || !host.matches(LOCAL_HOST) ? WEB_PAGE : Optional.empty();
    }

    private Caller caller(HttpExchange exchange, OptionalInt user) {
      Optional<String> token = security.isPresent() ? token(exchange) : Optional.empty();
      if (token.isPresent()) {
        return person(security.orElseThrow(), token.get());
      }
      return user.isPresent() && users.contains(user.getAsInt())
          ? new Caller.Local(user.getAsInt())
          : new Caller.Stranger();
    }
  }

  /** For those who come from anywhere, over TLS: they are known by a token only. */
  record Secure(Security security) implements Door {
    @Override
    public Asker asker(HttpExchange exchange) {
      Caller caller =
          token(exchange).map(token -> person(security, token)).orElseGet(Caller.Stranger::new);
      return new Asker(caller, OptionalInt.empty(), exchange.getRemoteAddress());
    }

    @Override
    public Optional<Problem> refusal(HttpExchange exchange) {
      return isFromWebPage(exchange) ? WEB_PAGE : Optional.empty();
    }
  }

  private static Caller person(Security security, String token) {
    return security.sessions().person(token).<Caller>map(p -> p).orElseGet(Caller.Stranger::new);
  }

  /** As published clients send it, or as RFC 6750 has it. */
  private static Optional<String> token(HttpExchange exchange) {
    Optional<String> published =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Auth-Token"));
    return published
        .or(
            () ->
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .filter(value -> value.startsWith(BEARER))
                    .map(value -> value.substring(BEARER.length())))
        .filter(token -> !token.isBlank());
  }

  /** Whoever looks at a page did not write its scripts. */
  private static boolean isFromWebPage(HttpExchange exchange) {
    return exchange.getRequestHeaders().containsKey("Origin");
  }
}
