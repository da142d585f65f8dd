package org.universalnode.bench.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A service graph in the making, as an orchestrator would write it. */
public final class GraphDocument {
  private final List<String> functions = new ArrayList<>();
  private final List<String> endPoints = new ArrayList<>();
  private final List<String> rules = new ArrayList<>();

  /** What comes in by one of two interfaces goes out by the other. */
  public static GraphDocument wire(Plugged plugged) {
    return between(plugged).join("endpoint:lan", "endpoint:wan");
  }

  /** A bridge function stands between two interfaces. */
  public static GraphDocument chain(Plugged plugged) {
    return between(plugged).series(List.of("bridge"));
  }

  /** The end-points {@code lan} and {@code wan}. */
  public static GraphDocument between(Plugged plugged) {
    return new GraphDocument().interfaceAt("lan", plugged.lan()).interfaceAt("wan", plugged.wan());
  }

  public GraphDocument interfaceAt(String id, String interfaceName) {
    endPoints.add(
        """
        {"id":"%s","type":"interface","interface":{"if-name":"%s"}}"""
            .formatted(id, interfaceName));
    return this;
  }

  public GraphDocument vlanAt(String id, String interfaceName, int vlan) {
    endPoints.add(
        """
        {"id":"%s","type":"vlan","vlan":{"if-name":"%s","vlan-id":"%d"}}"""
            .formatted(id, interfaceName, vlan));
    return this;
  }

  /** A bridge function with the ports {@code port:0} and so on. */
  public GraphDocument bridge(String id, int ports) {
    String all =
        IntStream.range(0, ports)
            .mapToObj("{\"id\":\"port:%d\"}"::formatted)
            .collect(Collectors.joining(","));
    return function(
        """
        {"id":"%s","functional-capability":"bridge","ports":[%s]}"""
            .formatted(id, all));
  }

  /** A function as it is written, as JSON. */
  public GraphDocument function(String function) {
    functions.add(function);
    return this;
  }

  /** Bridge functions of these names, one behind the other, from {@code lan} to {@code wan}. */
  public GraphDocument series(List<String> bridges) {
    String last = "endpoint:lan";
    for (String bridge : bridges) {
      bridge(bridge, 2).join(last, "vnf:" + bridge + ":port:0");
      last = "vnf:" + bridge + ":port:1";
    }
    return join(last, "endpoint:wan");
  }

  /** Sends everything from each of two ports to the other. */
  public GraphDocument join(String one, String other) {
    return rule(1, portIn(one), output(other)).rule(1, portIn(other), output(one));
  }

  /**
   * A rule.
   *
   * @param match the members of the match, as JSON
   * @param actions as JSON
   */
  public GraphDocument rule(int priority, String match, String actions) {
    rules.add(
        """
        {"id":"%d","priority":%d,"match":{%s},"actions":[%s]}"""
            .formatted(rules.size(), priority, match, actions));
    return this;
  }

  /** The part of a match that says where frames come from. */
  public static String portIn(String port) {
    return "\"port_in\":\"" + port + "\"";
  }

  /** The action of sending to a port. */
  public static String output(String port) {
    return "{\"output_to_port\":\"" + port + "\"}";
  }

  /** The document. */
  @Override
  public String toString() {
    return """
    {"forwarding-graph":{"VNFs":[%s],"end-points":[%s],"big-switch":{"flow-rules":[%s]}}}"""
        .formatted(
            String.join(",\n", functions),
            String.join(",\n", endPoints),
            String.join(",\n", rules));
  }
}
