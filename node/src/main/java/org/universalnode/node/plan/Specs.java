package org.universalnode.node.plan;

import java.util.List;
import java.util.Optional;
import org.universalnode.compute.DerivedMac;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortSpec;
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
        placement.ports().stream().map(label -> port(machine, id, function, label)).toList();
    return new FunctionSpec(
        id,
        graph.lsi().number(),
        placement.image(),
        ports,
        function.configuration(),
        placement.containment(),
        placement.shared());
  }

  private static PortSpec port(
      String machine, InstanceId id, NetworkFunction function, PortLabel label) {
    Optional<FunctionPort> port = function.port(label);
    return new PortSpec(
        label,
        port.flatMap(FunctionPort::mac).orElseGet(() -> DerivedMac.of(machine, id, label)),
        port.flatMap(FunctionPort::address));
  }
}
