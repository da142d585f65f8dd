package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.Map;
import org.universalnode.compute.Instance;
import org.universalnode.nffg.PortRef;
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

  /** The same without parts that the graph does not ask for. */
  Deployed onlyDesired() {
    Map<String, Instance> wantedInstances = new HashMap<>(instances);
    wantedInstances.keySet().retainAll(desired.functions().keySet());
    Map<PortRef.OfFunction, AttachedPort> wantedPorts = new HashMap<>(functionPorts);
    wantedPorts.keySet().removeIf(port -> !desired.functions().containsKey(port.function()));
    Map<PortName.Outer, AttachedPort> wantedInterfaces = new HashMap<>(interfaces);
    wantedInterfaces.keySet().retainAll(desired.rules().outerPorts());
    Map<PortName.Link, VirtualLink> wantedLinks = new HashMap<>(links);
    wantedLinks.keySet().retainAll(desired.rules().links());
    return new Deployed(desired, wantedInstances, wantedPorts, wantedInterfaces, wantedLinks);
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
