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
  LIST_GRAPHS("GET", "/NF-FG", Need.ACCOUNT),
  CREATE_GRAPH("POST", "/NF-FG", Need.MAKING),
  PLAN_NEW_GRAPH("POST", "/NF-FG/plan", Need.MAKING),
  GET_GRAPH("GET", "/NF-FG/{graph}", Need.READING),
  PUT_GRAPH("PUT", "/NF-FG/{graph}", Need.PUTTING),
  DELETE_GRAPH("DELETE", "/NF-FG/{graph}", Need.DELETING),
  GET_STATUS("GET", "/NF-FG/status/{graph}", Need.READING),
  PLAN_GRAPH("POST", "/NF-FG/{graph}/plan", Need.UPDATING),
  TRACE_PACKET("POST", "/NF-FG/{graph}/trace", Need.READING),
  GET_COUNTERS("GET", "/NF-FG/{graph}/counters", Need.READING),
  GET_PERMISSIONS("GET", "/NF-FG/{graph}/permissions", Need.READING),
  SET_PERMISSIONS("PUT", "/NF-FG/{graph}/permissions", Need.OWNING),
  GET_FUNCTION("GET", "/NF-FG/{graph}/functions/{function}", Need.READING),
  GET_LOG("GET", "/NF-FG/{graph}/functions/{function}/log", Need.READING),
  RUN_COMMAND("POST", "/NF-FG/{graph}/functions/{function}/exec", Need.OPERATING),
  PAUSE_FUNCTION("POST", "/NF-FG/{graph}/functions/{function}/pause", Need.UPDATING),
  RESUME_FUNCTION("POST", "/NF-FG/{graph}/functions/{function}/resume", Need.UPDATING),
  LIST_FUNCTIONS("GET", "/functions", Need.ACCOUNT),
  GET_CAPABILITIES("GET", "/capabilities", Need.ACCOUNT),
  GET_OFFER("GET", "/vnf/{name}", Need.ACCOUNT),
  GET_DOMAIN_DESCRIPTION("GET", "/domain-description", Need.ACCOUNT),
  FOLLOW_EVENTS("GET", "/events", Need.ACCOUNT),
  GET_HEALTH("GET", "/health", Need.NOTHING),
  GET_METRICS("GET", "/metrics", Need.OVERVIEW),
  GET_OPEN_API("GET", "/openapi.json", Need.NOTHING),
  LOG_IN("POST", "/login", Need.NOTHING),
  LOG_OUT("DELETE", "/login", Need.ACCOUNT),
  LIST_USERS("GET", "/users", Need.ADMINISTERING),
  GET_USER("GET", "/users/{user}", Need.BEING),
  CREATE_USER("POST", "/users/{user}", Need.ADMINISTERING),
  CHANGE_USER("PUT", "/users/{user}", Need.ADMINISTERING),
  DELETE_USER("DELETE", "/users/{user}", Need.ADMINISTERING),
  SET_PASSWORD("PUT", "/users/{user}/password", Need.BEING),
  END_SESSIONS("DELETE", "/users/{user}/tokens", Need.BEING),
  LIST_GROUPS("GET", "/groups", Need.ADMINISTERING),
  CREATE_GROUP("PUT", "/groups/{group}", Need.ADMINISTERING),
  DELETE_GROUP("DELETE", "/groups/{group}", Need.ADMINISTERING);

  private static final Pattern WORD_BREAK = Pattern.compile("_(.)");

  private final String method;
  private final String path;
  private final Need need;

  /** What somebody has to be or to have who is let do it. */
  enum Need {
    /** Whoever can connect. */
    NOTHING,
    /** Somebody who is known. */
    ACCOUNT,
    /** Who may make graphs. */
    MAKING,
    /** Who may read the graph. */
    READING,
    /** Who may change the graph, or make it if there is none. */
    PUTTING,
    /** Who may change the graph. */
    UPDATING,
    /** Who may end the graph. */
    DELETING,
    /** Who owns the graph, or administers. */
    OWNING,
    /** Who sees all graphs. */
    OVERVIEW,
    /** Who may do everything to all graphs: a command may run as the machine's root. */
    OPERATING,
    /** The user that is named, or who administers. */
    BEING,
    /** Who administers accounts. */
    ADMINISTERING
  }

  Operation(String method, String path, Need need) {
    this.method = method;
    this.path = path;
    this.need = need;
  }

  Need need() {
    return need;
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
