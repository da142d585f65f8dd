package org.universalnode.node.rest;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.universalnode.problem.Problem;

/** Reads a request from a connection, within limits. */
record Incoming(HttpExchange exchange, Asker asker) {
  static final int MOST_BODY_BYTES = 4 << 20;

  /** A name and a password fit. From those who are not known nothing else is read. */
  private static final int MOST_STRANGE_BYTES = 4 << 10;

  private static final int MOST_PARAMETERS = 16;

  String method() {
    return exchange.getRequestMethod();
  }

  /** Decoded segments, without empty ones. */
  List<String> path() {
    try {
      return Arrays.stream(rawPath().split("/", -1))
          .filter(segment -> !segment.isEmpty())
          .map(Incoming::decoded)
          .toList();
    } catch (IllegalArgumentException e) {
      throw Problem.of(Problem.Code.INVALID_DOCUMENT, "the path is not percent-encoded correctly")
          .asException();
    }
  }

  /** A path that begins with two slashes looks like a host to {@link URI}. */
  String rawPath() {
    URI uri = exchange.getRequestURI();
    String path = uri.getScheme() == null ? uri.toString() : uri.getRawPath();
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** How much of a body there can be to be read; a wrong number is found out when it is read. */
  int announcedLength() {
    if (exchange.getRequestHeaders().containsKey("Transfer-Encoding")) {
      return mostBytes();
    }
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    boolean small = length != null && length.matches("[0-9]{1,7}");
    return length == null
        ? 0
        : Math.min(small ? Integer.parseInt(length) : MOST_BODY_BYTES, mostBytes());
  }

  Request request(List<String> path) throws IOException {
    byte[] body = read(exchange.getRequestBody());
    if (body.length > mostBytes()) {
      if (asker.isStranger()) {
        return new Request(asker, method(), path, query(), headers(), "");
      }
      throw Problem.of(
              Problem.Code.LIMIT, "a request has at most " + MOST_BODY_BYTES + " bytes of body")
          .asException();
    }
    String text = new String(body, StandardCharsets.UTF_8);
    return new Request(asker, method(), path, query(), headers(), text);
  }

  private int mostBytes() {
    return asker.isStranger() ? MOST_STRANGE_BYTES : MOST_BODY_BYTES;
  }

  /** At most one byte more than allowed; the rest is drained, so that the client can read on. */
  private byte[] read(InputStream stream) throws IOException {
    byte[] body = stream.readNBytes(mostBytes() + 1);
    stream.skip(MOST_BODY_BYTES);
    return body;
  }

  private Map<String, String> query() {
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

  private Map<String, String> headers() {
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
}
