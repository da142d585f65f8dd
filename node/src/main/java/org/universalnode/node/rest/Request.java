package org.universalnode.node.rest;

import java.util.List;
import java.util.Map;

/**
 * A request that passed the guard.
 *
 * @param path decoded segments, without empty ones
 * @param query names and values, decoded
 * @param body as text; empty if there is none
 */
record Request(String method, List<String> path, Map<String, String> query, String body) {
  Request {
    path = List.copyOf(path);
    query = Map.copyOf(query);
  }
}
