package org.universalnode.switching.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.EndPoint.Kind;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.Match;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.CompiledGraph;
import org.universalnode.switching.GraphCompiler;
import org.universalnode.switching.PortName;
import org.universalnode.switching.SteeringRule;
import org.universalnode.switching.reference.GraphPort.Lsi;

/**
 * Follows packets through the rules of one graph, in LSI-0 and in its own LSI. It needs no switch,
 * and knows nothing of other graphs and of what functions do: a packet that reaches a function ends
 * there.
 */
public final class GraphTrace {
  private final String graphId;
  private final ServiceGraph graph;
  private final Map<GraphPort, RuleTable<GraphPort>> tables = new HashMap<>();

  /**
   * Compiles the graph.
   *
   * @throws IllegalArgumentException if it has what no switch carries
   */
  public GraphTrace(String graphId, ServiceGraph graph) {
    this.graphId = graphId;
    this.graph = graph;
    CompiledGraph compiled = GraphCompiler.compile(graphId, graph);
    addRules(Lsi.BASE, compiled.base());
    addRules(Lsi.GRAPH, compiled.graph());
  }

  /**
   * The way of a frame that comes in at a port as the graph's rules see it: at a VLAN end-point it
   * gets the tag that such frames have outside.
   *
   * @throws ProblemException if the graph does not declare the port
   */
  public Trace run(PortRef from, Frame frame) {
    return switch (from) {
      case PortRef.OfFunction function -> run(declared(function), frame);
      case PortRef.OfEndPoint(String id) ->
          fromOutside(graph.endPoint(id).orElseThrow(() -> unknown(from)), frame);
    };
  }

  /** The way of a frame that comes in at a port as it is there. */
  public Trace run(PortName in, Frame frame) {
    Lsi lsi = in instanceof PortName.OfFunction ? Lsi.GRAPH : Lsi.BASE;
    Departure<GraphPort> start = new Departure<>(new GraphPort(lsi, in), frame);
    Walk<GraphPort> walk = Walker.walk(tables, GraphTrace::behind, start);
    return new Trace(
        walk.steps().stream().map(GraphTrace::hop).toList(),
        walk.leaving().stream().map(end -> new Trace.End(end.port().name(), end.frame())).toList(),
        walk.cut());
  }

  private PortName declared(PortRef.OfFunction port) {
    return graph
        .function(port.function())
        .flatMap(function -> function.port(port.port()))
        .map(known -> new PortName.OfFunction(port))
        .orElseThrow(() -> unknown(port));
  }

  private Trace fromOutside(EndPoint endPoint, Frame frame) {
    PortName in = portOf(endPoint);
    return endPoint.kind() instanceof Kind.Vlan vlan
        ? run(in, frame.pushed(vlan.vlan()).orElse(frame))
        : run(in, frame);
  }

  /** Which port that is, only the compiler knows: it has the end-point alone, with one rule. */
  private PortName portOf(EndPoint endPoint) {
    PortRef port = new PortRef.OfEndPoint(endPoint.id());
    List<Action> toItself = List.of(new Action.Output(port));
    FlowRule rule = new FlowRule(endPoint.id(), 0, "", Match.allFrom(port), toItself);
    ServiceGraph alone = new ServiceGraph("", "", List.of(), List.of(endPoint), List.of(rule));
    return GraphCompiler.compile(graphId, alone).base().getFirst().in();
  }

  private void addRules(Lsi lsi, List<SteeringRule> rules) {
    Map<PortName, List<Rule<GraphPort>>> byPort =
        rules.stream()
            .collect(
                Collectors.groupingBy(
                    SteeringRule::in,
                    Collectors.mapping(
                        rule -> Rule.of(rule, name -> new GraphPort(lsi, name)),
                        Collectors.toList())));
    byPort.forEach((in, table) -> tables.put(new GraphPort(lsi, in), new RuleTable<>(table)));
  }

  private static Optional<List<GraphPort>> behind(GraphPort port, Frame frame) {
    return port.name() instanceof PortName.Link
        ? Optional.of(List.of(new GraphPort(port.lsi().other(), port.name())))
        : Optional.empty();
  }

  private static Trace.Hop hop(Step<GraphPort> step) {
    return new Trace.Hop(
        step.in().lsi(),
        step.in().name(),
        step.frame().describe(),
        step.rule(),
        ActionText.of(step));
  }

  private static ProblemException unknown(PortRef port) {
    return Problem.of(Code.UNKNOWN_REFERENCE, "the graph has no " + port)
        .next("name one of its end-points or a port of one of its functions")
        .asException();
  }
}
