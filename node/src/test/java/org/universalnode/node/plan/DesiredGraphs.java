package org.universalnode.node.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.universalnode.compute.Containment;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.Match;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.store.Placement;
import org.universalnode.switching.LsiId;

/** Small graphs for tests, placed as a node would. */
public final class DesiredGraphs {
  private static final Containment CONTAINMENT =
      new Containment(Isolation.NETWORK, 64 << 20, 512, OptionalInt.empty(), List.of(), List.of());
  private static final PortLabel IN = PortLabel.parse("in:0");

  private DesiredGraphs() {}

  /** Functions by id, each with its configuration. */
  public static DesiredGraph graph(Map<String, String> configurations, String interfaceName) {
    return graph(configurations, interfaceName, "/images/one");
  }

  /** Each function gets a rule from the interface and one back. */
  public static DesiredGraph graph(
      Map<String, String> configurations, String interfaceName, String image) {
    List<NetworkFunction> functions =
        configurations.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                entry ->
                    new NetworkFunction(
                        entry.getKey(),
                        "",
                        "cap",
                        "",
                        List.of(new FunctionPort(IN)),
                        entry.getValue()))
            .toList();
    PortRef outside = new PortRef.OfEndPoint("1");
    List<FlowRule> rules =
        functions.stream()
            .flatMap(
                function -> {
                  PortRef port = new PortRef.OfFunction(function.id(), IN);
                  return Stream.of(
                      rule(function.id() + "-in", outside, port),
                      rule(function.id() + "-out", port, outside));
                })
            .toList();
    ServiceGraph graph =
        new ServiceGraph(
            "g", "", functions, List.of(EndPoint.atInterface("1", interfaceName)), rules);
    return placed(graph, image);
  }

  /** A function {@code a} with these ports, which can be plugged while it runs. */
  static DesiredGraph plugged(boolean hotplug, String... labels) {
    List<PortLabel> ports = Stream.of(labels).map(PortLabel::parse).toList();
    NetworkFunction function =
        new NetworkFunction(
            "a", "a", "cap", "", ports.stream().map(FunctionPort::new).toList(), "{}");
    Placement placement =
        new Placement(
            "t", "native", "/i", ports, Map.of(), 1, CONTAINMENT, hotplug, Optional.empty(), 0);
    return DesiredGraph.of(
        "machine",
        new DesiredGraph.StoredIdentity("g", new LsiId(1)),
        new ServiceGraph("g", "", List.of(function), List.of(), List.of()),
        Map.of("a", placement));
  }

  /** The same in other words: everything stands in another order and is described. */
  public static DesiredGraph noted(DesiredGraph desired) {
    ServiceGraph graph = desired.graph();
    ServiceGraph noted =
        new ServiceGraph(
            "g",
            "described",
            graph.functions().reversed(),
            graph.endPoints(),
            graph.rules().reversed().stream()
                .map(r -> new FlowRule(r.id(), r.priority(), "described", r.match(), r.actions()))
                .toList());
    return placed(noted, "/images/one");
  }

  static Map<String, Placement> placements(DesiredGraph graph) {
    Map<String, Placement> placements = new LinkedHashMap<>();
    graph.functions().forEach((id, function) -> placements.put(id, function.placement()));
    return placements;
  }

  private static DesiredGraph placed(ServiceGraph graph, String image) {
    Map<String, Placement> placements = new LinkedHashMap<>();
    Placement placement =
        new Placement(
            "t",
            "native",
            image,
            List.of(IN),
            Map.of(),
            1,
            CONTAINMENT,
            false,
            Optional.empty(),
            0);
    graph.functions().forEach(f -> placements.put(f.id(), placement));
    return DesiredGraph.of(
        "machine", new DesiredGraph.StoredIdentity("g", new LsiId(1)), graph, placements);
  }

  private static FlowRule rule(String id, PortRef from, PortRef to) {
    return new FlowRule(id, 1, "", Match.allFrom(from), List.of(new Action.Output(to)));
  }
}
