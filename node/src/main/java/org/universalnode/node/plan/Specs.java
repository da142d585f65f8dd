package org.universalnode.node.plan;

import java.util.List;
import java.util.Optional;
import org.universalnode.compute.DerivedMac;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortSpec;
import org.universalnode.compute.Surroundings;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortLabel;
import org.universalnode.node.plan.DesiredGraph.StoredIdentity;
import org.universalnode.node.store.Placement;

/** What a driver is told about a function. */
final class Specs {
  private Specs() {}

  static FunctionSpec of(
      String machine, StoredIdentity graph, NetworkFunction function, Placement placement) {
    InstanceId id = new InstanceId(graph.id(), function.id(), placement.incarnation());
    List<PortSpec> ports =
        placement.ports().stream()
            .map(label -> port(new Owner(machine, id), function, label, placement))
            .toList();
    return new FunctionSpec(
        id,
        graph.lsi().number(),
        placement.image(),
        ports,
        function.configuration(),
        placement.containment(),
        placement.shared(),
        new Surroundings(placement.cores(), function.environment(), function.controlPorts()));
  }

  private record Owner(String machine, InstanceId id) {}

  private static PortSpec port(
      Owner owner, NetworkFunction function, PortLabel label, Placement placement) {
    Optional<FunctionPort> port = function.port(label);
    return new PortSpec(
        label,
        port.flatMap(FunctionPort::mac)
            .orElseGet(() -> DerivedMac.of(owner.machine(), owner.id(), label)),
        port.flatMap(FunctionPort::address),
        placement.technologies().getOrDefault(label.label(), ""));
  }
}
