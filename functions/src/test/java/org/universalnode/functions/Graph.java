package org.universalnode.functions;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.testbed.Host;

/** A service graph in the making: functions and end-points as JSON, joined port by port. */
final class Graph {
  private final List<String> functions = new ArrayList<>();
  private final List<String> endPoints = new ArrayList<>();
  private final List<String> rules = new ArrayList<>();

  /** A function as a graph document has it. */
  Graph function(String json) {
    functions.add(json);
    return this;
  }

  /** An end-point at the cable of a host. */
  Graph endPoint(String id, Host host) {
    endPoints.add(
        """
        { "id": "%s", "type": "interface", "interface": { "if-name": "%s" } }"""
            .formatted(id, host.cable()));
    return this;
  }

  /** Adds an end-point for what comes with a tag at a host's cable. */
  Graph endPoint(String id, Host host, int vlan) {
    endPoints.add(
        """
        { "id": "%s", "type": "vlan", "vlan": { "if-name": "%s", "vlan-id": "%d" } }"""
            .formatted(id, host.cable(), vlan));
    return this;
  }

  /** Sends everything from each of two ports to the other. */
  Graph join(String one, String other) {
    rule(one, other);
    rule(other, one);
    return this;
  }

  String document() {
    return """
    { "forwarding-graph": {
        "name": "g",
        "VNFs": [%s],
        "end-points": [%s],
        "big-switch": { "flow-rules": [%s] } } }
    """
        .formatted(
            String.join(",", functions), String.join(",", endPoints), String.join(",", rules));
  }

  @Override
  public String toString() {
    return document();
  }

  private void rule(String from, String to) {
    rules.add(
        """
        { "id": "%d", "priority": 1, "match": { "port_in": "%s" },
          "actions": [{ "output_to_port": "%s" }] }"""
            .formatted(rules.size(), from, to));
  }
}
