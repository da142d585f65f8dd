package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.Map;
import org.universalnode.compute.Instance;
import org.universalnode.nffg.PortRef;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.PortName;
import org.universalnode.switching.VirtualLink;

/**
 * A graph that runs, with the handles that the drivers gave for its parts.
 *
 * @param instances by function id
 * @param functionPorts ports of its LSI
 * @param interfaces ports of LSI-0
 */
public record Deployed(
    DesiredGraph desired,
    Map<String, Instance> instances,
    Map<PortRef.OfFunction, AttachedPort> functionPorts,
    Map<PortName.Outer, AttachedPort> interfaces,
    Map<PortName.Link, VirtualLink> links) {

  public Deployed {
    instances = Map.copyOf(instances);
    functionPorts = Map.copyOf(functionPorts);
    interfaces = Map.copyOf(interfaces);
    links = Map.copyOf(links);
  }

  /** The same parts, for a graph that differs in notes only. */
  Deployed describedBy(DesiredGraph graph) {
    return new Deployed(graph, instances, functionPorts, interfaces, links);
  }

  /** What of it stays when the graph becomes another. */
  Deployed keptFor(DesiredGraph after) {
    Map<String, Instance> keptInstances = new HashMap<>(instances);
    keptInstances.values().removeIf(instance -> !after.has(instance.id()));
    Map<PortRef.OfFunction, AttachedPort> keptPorts = new HashMap<>(functionPorts);
    keptPorts.keySet().removeIf(port -> !keptInstances.containsKey(port.function()));
    Map<PortName.Outer, AttachedPort> keptInterfaces = new HashMap<>(interfaces);
    keptInterfaces.keySet().retainAll(after.rules().outerPorts());
    Map<PortName.Link, VirtualLink> keptLinks = new HashMap<>(links);
    keptLinks.keySet().retainAll(after.rules().links());
    return new Deployed(after, keptInstances, keptPorts, keptInterfaces, keptLinks);
  }

  /** Ports by the names that rules in LSI-0 use. */
  Map<PortName, LsiPort> basePorts() {
    Map<PortName, LsiPort> ports = new HashMap<>();
    interfaces.forEach((name, port) -> ports.put(name, port.port()));
    links.forEach((name, link) -> ports.put(name, link.base()));
    return ports;
  }

  /** Ports by the names that rules in the graph's LSI use. */
  Map<PortName, LsiPort> graphPorts() {
    Map<PortName, LsiPort> ports = new HashMap<>();
    functionPorts.forEach((ref, port) -> ports.put(new PortName.OfFunction(ref), port.port()));
    links.forEach((name, link) -> ports.put(name, link.graph()));
    return ports;
  }
}
