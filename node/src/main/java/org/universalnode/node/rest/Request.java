package org.universalnode.node.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request.
 *
 * @param path decoded segments, without empty ones
 * @param query names and values, decoded
 * @param headers by name in lower case; one that comes more than once is joined by commas
 * @param body as text; empty if there is none
 */
record Request(
    Asker asker,
    String method,
    List<String> path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  Request {
    path = List.copyOf(path);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** The value of a header, whose name is given in lower case. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
