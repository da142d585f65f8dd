package org.universalnode.node.deploy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.store.Placement;
import org.universalnode.switching.CompiledGraph;
import org.universalnode.switching.GraphCompiler;
import org.universalnode.switching.LsiId;

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
  public record PlacedFunction(Placement placement, FunctionSpec spec) {}

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

  /** What a graph keeps for life. */
  public record StoredIdentity(String id, LsiId lsi) {}
}
