package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.compute.Instance;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.PortRef;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.PortName;

/** Puts together what is desired, what the drivers gave, and what the system says now. */
final class Inspection {
  private Inspection() {}

  static GraphState of(Moment moment, Drivers drivers, int percentage) {
    List<GraphState.Function> functions = new ArrayList<>();
    for (PlacedFunction placed : moment.desired().functions().values()) {
      functions.add(
          new GraphState.Function(
              placed.spec().id().function(),
              placed.placement(),
              drivers.of(placed).observe(placed.spec().id()).orThrow(),
              moment.deployed().map(deployed -> ports(placed, deployed)).orElse(List.of())));
    }
    return new GraphState(
        moment.desired().id(),
        moment.desired().graph(),
        moment.phase(),
        moment.reason(),
        percentage,
        functions,
        moment.deployed().map(deployed -> stacks(deployed, drivers)).orElse(Map.of()));
  }

  private static Map<String, GraphState.Stack> stacks(Deployed deployed, Drivers drivers) {
    Map<String, GraphState.Stack> stacks = new HashMap<>();
    deployed
        .interfaces()
        .forEach(
            (name, port) -> {
              if (name instanceof PortName.HostStack(String identity, EndPoint.Kind.HostStack _)) {
                GraphState.Stack stack =
                    new GraphState.Stack(port.stackInterface(), drivers.dhcp().state(identity));
                deployed.desired().endPointsAt(name).forEach(at -> stacks.put(at.id(), stack));
              }
            });
    return stacks;
  }

  private static List<GraphState.Port> ports(PlacedFunction placed, Deployed deployed) {
    String function = placed.spec().id().function();
    List<GraphState.Port> ports = new ArrayList<>();
    Optional<Instance> instance = Optional.ofNullable(deployed.instances().get(function));
    for (Instance.Port port : instance.map(Instance::ports).orElse(List.of())) {
      PortRef.OfFunction ref = new PortRef.OfFunction(function, port.label());
      AttachedPort attached = deployed.functionPorts().get(ref);
      if (attached != null) {
        ports.add(
            new GraphState.Port(
                port.label().toString(), port.way().toString(), port.mac().toString(), attached));
      }
    }
    return ports;
  }
}
