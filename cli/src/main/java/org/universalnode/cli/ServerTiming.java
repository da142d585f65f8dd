package org.universalnode.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a node says about its own speed, from the Server-Timing header (W3C Server Timing).
 *
 * @param durations milliseconds by metric name; empty if the node said nothing
 */
record ServerTiming(Map<String, Double> durations) {

  ServerTiming {
    durations = Map.copyOf(durations);
  }

  /** Reads a header such as {@code deploy;dur=7.13, handlers;dur=5.90}; skips what is not so. */
  static ServerTiming parse(String header) {
    Map<String, Double> durations = new HashMap<>();
    for (String metric : header.split(",", -1)) {
      String[] parts = metric.strip().split(";", -1);
      for (int i = 1; i < parts.length; i++) {
        addDuration(parts[0].strip(), parts[i].strip(), durations);
      }
    }
    return new ServerTiming(durations);
  }

  /** Such as {@code 7.1 ms}, or "" if the node did not say. */
  String shown(String metric) {
    Double duration = durations.get(metric);
    return duration == null ? "" : Math.round(duration * 10) / 10.0 + " ms";
  }

  private static void addDuration(String metric, String parameter, Map<String, Double> durations) {
    if (parameter.toLowerCase(Locale.ROOT).startsWith("dur=")) {
      try {
        durations.put(metric, Double.valueOf(parameter.substring("dur=".length())));
      } catch (NumberFormatException e) {
        // A header about speed is no reason to fail; the metric counts as not said.
        durations.remove(metric);
      }
    }
  }
}
