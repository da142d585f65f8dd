package org.universalnode.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/** The paths of the node's REST interface; ids are percent-encoded (RFC 3986). */
final class ResourcePath {
  static final String GRAPHS = "/NF-FG";
  static final String PLAN = GRAPHS + "/plan";
  static final String FUNCTIONS = "/functions";
  static final String CAPABILITIES = "/capabilities";

  static final String LOGIN = "/login";
  static final String USERS = "/users";
  static final String GROUPS = "/groups";

  private static final String UNRESERVED_MARKS = "-._~";

  private ResourcePath() {}

  static String user(String name) {
    return USERS + "/" + encoded(name);
  }

  static String group(String name) {
    return GROUPS + "/" + encoded(name);
  }

  static String graph(String id) {
    return GRAPHS + "/" + encoded(id);
  }

  static String status(String id) {
    return GRAPHS + "/status/" + encoded(id);
  }

  /** Where a change of a graph is planned; a new graph is at {@link #PLAN}. */
  static String plan(String id) {
    return graph(id) + "/plan";
  }

  static String trace(String id) {
    return graph(id) + "/trace";
  }

  static String counters(String id) {
    return graph(id) + "/counters";
  }

  static String function(String id, String function) {
    return graph(id) + "/functions/" + encoded(function);
  }

  static String log(String id, String function) {
    return function(id, function) + "/log";
  }

  /**
   * The node's events.
   *
   * @param graph those of one graph; empty for all
   * @param after the last that is known; empty for those that come from now on
   */
  static String events(String graph, OptionalLong after) {
    List<String> query = new ArrayList<>();
    if (!graph.isEmpty()) {
      query.add("graph=" + encoded(graph));
    }
    after.ifPresent(number -> query.add("after=" + number));
    return "/events" + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  private static String encoded(String id) {
    StringBuilder path = new StringBuilder();
    for (byte octet : id.getBytes(StandardCharsets.UTF_8)) {
      if (unreserved(octet)) {
        path.append((char) octet);
      } else {
        path.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return path.toString();
  }

  private static boolean unreserved(byte octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || UNRESERVED_MARKS.indexOf(octet) >= 0;
  }
}
