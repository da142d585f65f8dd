package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.universalnode.compute.Instance;
import org.universalnode.nffg.PortRef;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.PortName;
import org.universalnode.switching.VirtualLink;

/** The parts of a graph that is being made, as drivers hand them out. Safe for many threads. */
final class Parts {
  private final Map<String, Instance> instances;
  private final Map<PortRef.OfFunction, AttachedPort> functionPorts;
  private final Map<PortName.Outer, AttachedPort> outer;
  private final Map<PortName.Link, VirtualLink> links;

  private Parts(Deployed kept) {
    instances = new ConcurrentHashMap<>(kept.instances());
    functionPorts = new ConcurrentHashMap<>(kept.functionPorts());
    outer = new ConcurrentHashMap<>(kept.interfaces());
    links = new ConcurrentHashMap<>(kept.links());
  }

  /** What of a graph that runs stays when it becomes another. */
  static Parts keptOf(Optional<Deployed> before, DesiredGraph after) {
    return new Parts(
        before
            .map(old -> old.keptFor(after))
            .orElse(new Deployed(after, Map.of(), Map.of(), Map.of(), Map.of())));
  }

  void add(Instance instance) {
    instances.put(instance.id().function(), instance);
  }

  void add(PortRef.OfFunction name, AttachedPort port) {
    functionPorts.put(name, port);
  }

  void add(PortName.Outer name, AttachedPort port) {
    outer.put(name, port);
  }

  void add(PortName.Link name, VirtualLink link) {
    links.put(name, link);
  }

  Optional<VirtualLink> link(PortName.Link name) {
    return Optional.ofNullable(links.get(name));
  }

  /** Ports that functions only have until others have their traffic are not the graph's. */
  Deployed deployed(DesiredGraph graph) {
    Map<PortRef.OfFunction, AttachedPort> ports = new HashMap<>(functionPorts);
    ports.keySet().retainAll(graph.functionPorts());
    Map<String, Instance> trimmed = new HashMap<>(instances);
    trimmed.replaceAll(
        (id, instance) ->
            instance.keeping(port -> ports.containsKey(new PortRef.OfFunction(id, port.label()))));
    return new Deployed(graph, trimmed, ports, outer, links);
  }
}
