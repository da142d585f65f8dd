package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.PortName;
import org.universalnode.switching.SteeringRule;

/** What a graph keeps that could not be taken over: nobody knows what of it runs. */
record Salvage(Means means) {

  /**
   * What can be had of it at LSI-0: its rules whose ports are there. So whatever else of it runs
   * keeps its traffic.
   */
  Share share(DesiredGraph graph) {
    Map<PortName, LsiPort> ports = new HashMap<>();
    List<Runnable> steps = new ArrayList<>();
    graph
        .rules()
        .outerPorts()
        .forEach(
            port -> steps.add(() -> ports.put(port, means.base().plug(graph.id(), port).port())));
    graph.rules().links().forEach(link -> steps.add(() -> ports.put(link, end(graph, link))));
    Executor.runAll(steps);
    List<SteeringRule> whole =
        graph.rules().base().stream()
            .filter(rule -> ports.containsKey(rule.in()))
            .filter(rule -> ports.keySet().containsAll(rule.outputs()))
            .toList();
    return Share.of(whole, ports);
  }

  private LsiPort end(DesiredGraph graph, PortName.Link link) {
    return means.drivers().switching().connect(graph.lsi(), link.destination()).orThrow().base();
  }

  /** Its DHCP clients: their leases are the machine's. */
  void beginClients(DesiredGraph graph) {
    StackClients stacks = new StackClients(means.drivers().dhcp());
    List<Runnable> steps = new ArrayList<>();
    for (PortName.Outer port : graph.rules().outerPorts()) {
      if (port instanceof PortName.HostStack stack) {
        steps.add(() -> stacks.begin(stack, means.base().plug(graph.id(), stack)));
      }
    }
    Executor.runAll(steps);
  }
}
