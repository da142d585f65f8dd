package org.universalnode.node.rest;

import java.util.Map;

/**
 * Limits that the JDK's server takes from system properties when the first server of the process is
 * made. Those that the operator has set stay.
 */
final class ServerSettings {
  private static final Map<String, String> LIMITS =
      Map.of(
          // more than work and streams together, so that who is refused can be told
          "jdk.httpserver.maxConnections",
          "2048",
          // seconds for a request with its body to come in
          "sun.net.httpserver.maxReqTime",
          "60");

  private ServerSettings() {}

  static void apply() {
    LIMITS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
