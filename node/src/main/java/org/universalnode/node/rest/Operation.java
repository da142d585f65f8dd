package org.universalnode.node.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What clients may ask for: a method and a path, in which names in braces stand for segments that
 * say which one. Of several that fit a request the first one counts: so a graph may be called
 * status or plan, and only its counters are not to be had alone.
 */
enum Operation {
  LIST_GRAPHS("GET", "/NF-FG"),
  CREATE_GRAPH("POST", "/NF-FG"),
  PLAN_NEW_GRAPH("POST", "/NF-FG/plan"),
  GET_GRAPH("GET", "/NF-FG/{graph}"),
  PUT_GRAPH("PUT", "/NF-FG/{graph}"),
  DELETE_GRAPH("DELETE", "/NF-FG/{graph}"),
  GET_STATUS("GET", "/NF-FG/status/{graph}"),
  PLAN_GRAPH("POST", "/NF-FG/{graph}/plan"),
  TRACE_PACKET("POST", "/NF-FG/{graph}/trace"),
  GET_COUNTERS("GET", "/NF-FG/{graph}/counters"),
  GET_FUNCTION("GET", "/NF-FG/{graph}/functions/{function}"),
  GET_LOG("GET", "/NF-FG/{graph}/functions/{function}/log"),
  RUN_COMMAND("POST", "/NF-FG/{graph}/functions/{function}/exec"),
  PAUSE_FUNCTION("POST", "/NF-FG/{graph}/functions/{function}/pause"),
  RESUME_FUNCTION("POST", "/NF-FG/{graph}/functions/{function}/resume"),
  LIST_FUNCTIONS("GET", "/functions"),
  GET_CAPABILITIES("GET", "/capabilities"),
  GET_OFFER("GET", "/vnf/{name}"),
  GET_DOMAIN_DESCRIPTION("GET", "/domain-description"),
  FOLLOW_EVENTS("GET", "/events"),
  GET_HEALTH("GET", "/health"),
  GET_METRICS("GET", "/metrics"),
  GET_OPEN_API("GET", "/openapi.json");

  private static final Pattern WORD_BREAK = Pattern.compile("_(.)");

  private final String method;
  private final String path;

  Operation(String method, String path) {
    this.method = method;
    this.path = path;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  /** What programs call it: {@code listGraphs}. */
  String id() {
    String words = name().toLowerCase(Locale.ROOT);
    return WORD_BREAK.matcher(words).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }

  /** Whoever may read may ask for the headers alone. */
  boolean takes(String asked) {
    return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
  }

  /** The segments that the path has names for; empty if that is another path. */
  Optional<List<String>> named(List<String> asked) {
    List<String> segments = List.of(path.substring(1).split("/", -1));
    if (segments.size() != asked.size()) {
      return Optional.empty();
    }
    List<String> named = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      if (segments.get(i).startsWith("{")) {
        named.add(asked.get(i));
      } else if (!segments.get(i).equals(asked.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(named);
  }
}
