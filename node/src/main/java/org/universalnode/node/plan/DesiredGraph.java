package org.universalnode.node.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceId;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.store.Placement;
import org.universalnode.switching.CompiledGraph;
import org.universalnode.switching.GraphCompiler;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.PortName;

/**
 * A graph as it is to be on this node.
 *
 * @param functions by id, in the order of the document
 * @param rules what it asks of the switches
 */
public record DesiredGraph(
    String id,
    LsiId lsi,
    ServiceGraph graph,
    Map<String, PlacedFunction> functions,
    CompiledGraph rules) {

  /** A function with its driver's type and everything that driver needs. */
  public record PlacedFunction(Placement placement, FunctionSpec spec) {

    /** Of the function in its graph. */
    public String id() {
      return spec.id().function();
    }
  }

  public DesiredGraph {
    functions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(functions));
  }

  /**
   * Puts document and placements together.
   *
   * @param machine tells this node from others on the same wire; ports' addresses derive from it
   */
  public static DesiredGraph of(
      String machine, StoredIdentity identity, ServiceGraph graph, Map<String, Placement> chosen) {
    Map<String, PlacedFunction> functions = new LinkedHashMap<>();
    graph
        .functions()
        .forEach(
            function -> {
              Placement placement = chosen.get(function.id());
              if (placement == null) {
                throw new IllegalArgumentException("no placement for " + function.id());
              }
              FunctionSpec spec = Specs.of(machine, identity, function, placement);
              functions.put(function.id(), new PlacedFunction(placement, spec));
            });
    return new DesiredGraph(
        identity.id(),
        identity.lsi(),
        graph,
        functions,
        GraphCompiler.compile(identity.id(), graph));
  }

  /**
   * The same for a graph that takes this one's place: what can't be the same instance of a function
   * is its next incarnation.
   */
  public DesiredGraph followedBy(String machine, ServiceGraph next, Map<String, Placement> chosen) {
    StoredIdentity identity = new StoredIdentity(id, lsi);
    Map<String, Placement> numbered = new LinkedHashMap<>(chosen);
    for (NetworkFunction function : next.functions()) {
      PlacedFunction old = functions.get(function.id());
      if (old != null) {
        numbered.computeIfPresent(
            function.id(), (_, wanted) -> following(old, machine, function, wanted));
      }
    }
    return of(machine, identity, next, numbered);
  }

  private Placement following(
      PlacedFunction old, String machine, NetworkFunction function, Placement wanted) {
    int incarnation = old.placement().incarnation();
    Placement same = wanted.incarnated(incarnation);
    FunctionSpec spec = Specs.of(machine, new StoredIdentity(id, lsi), function, same);
    boolean another = Difference.isAnother(old, new PlacedFunction(same, spec));
    return another ? wanted.incarnated(incarnation + 1) : same;
  }

  /** Whether one of its functions is to be that instance. */
  public boolean has(InstanceId instance) {
    PlacedFunction function = functions.get(instance.function());
    return function != null && function.spec().id().equals(instance);
  }

  /** Ports that its functions are to have. */
  public Set<PortRef.OfFunction> functionPorts() {
    return functions.values().stream()
        .flatMap(
            function ->
                function.spec().ports().stream()
                    .map(port -> new PortRef.OfFunction(function.id(), port.label())))
        .collect(Collectors.toSet());
  }

  /** By what id the switches know a rule of the document. */
  public String ruleId(FlowRule rule) {
    return id + "/" + rule.id();
  }

  /** The end-points that are this port of LSI-0: more than one if they share an interface. */
  public List<EndPoint> endPointsAt(PortName.Outer port) {
    return graph.endPoints().stream().filter(endPoint -> isAt(endPoint, port)).toList();
  }

  private boolean isAt(EndPoint endPoint, PortName.Outer port) {
    return switch (port) {
      case PortName.Physical(String name) -> isAt(endPoint.kind(), name);
      case PortName.Group(String identity, String _) -> isCalled(endPoint, identity);
      case PortName.Tunnel(String identity, EndPoint.Kind.Tunnel _) -> isCalled(endPoint, identity);
      case PortName.HostStack(String identity, EndPoint.Kind.HostStack _) ->
          isCalled(endPoint, identity);
    };
  }

  private boolean isCalled(EndPoint endPoint, String identity) {
    return identity.equals(GraphCompiler.identity(id, endPoint.id()));
  }

  private static boolean isAt(EndPoint.Kind kind, String interfaceName) {
    return switch (kind) {
      case EndPoint.Kind.Interface(String name, String _) -> name.equals(interfaceName);
      case EndPoint.Kind.Vlan(int _, String name, String _) -> name.equals(interfaceName);
      case EndPoint.Kind.Internal _,
          EndPoint.Kind.InterfaceOut _,
          EndPoint.Kind.Tunnel _,
          EndPoint.Kind.HostStack _,
          EndPoint.Kind.Unbound _ ->
          false;
    };
  }

  /** What a graph keeps for life. */
  public record StoredIdentity(String id, LsiId lsi) {}
}
