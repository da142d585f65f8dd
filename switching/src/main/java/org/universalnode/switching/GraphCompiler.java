package org.universalnode.switching;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.MatchFields;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;

/**
 * Splits the rules of a service graph between LSI-0 and the graph's LSI.
 *
 * <p>A rule is decided, with its whole match, in the LSI where its frames come in. What it sends to
 * the other LSI goes by the virtual link of that destination, and the far side forwards everything
 * from that link to it. A link is named after its destination, so that an update leaves the links
 * of unchanged destinations alone.
 */
public final class GraphCompiler {
  private final String graphId;
  private final ServiceGraph graph;
  private final List<SteeringRule> inBase = new ArrayList<>();
  private final List<SteeringRule> inGraph = new ArrayList<>();
  private final Set<PortRef> crossed = new LinkedHashSet<>();

  private GraphCompiler(String graphId, ServiceGraph graph) {
    this.graphId = graphId;
    this.graph = graph;
  }

  /** Compiles a graph whose references are all declared. */
  public static CompiledGraph compile(String graphId, ServiceGraph graph) {
    GraphCompiler compiler = new GraphCompiler(graphId, graph);
    graph.rules().forEach(compiler::place);
    compiler.crossed.forEach(compiler::deliver);
    return new CompiledGraph(compiler.inBase, compiler.inGraph);
  }

  private void place(FlowRule rule) {
    PortRef in = rule.match().portIn();
    boolean fromOutside = physical(in).isPresent();
    List<PortName> outputs = new ArrayList<>();
    rule.outputs().map(to -> seenFrom(fromOutside, to)).distinct().forEach(outputs::add);
    MatchFields match = rule.match().fields().withPrerequisites();
    (fromOutside ? inBase : inGraph)
        .add(new SteeringRule(id(rule.id()), rule.priority(), here(in), match, outputs));
  }

  private PortName seenFrom(boolean outside, PortRef to) {
    if (physical(to).isPresent() == outside) {
      return here(to);
    }
    crossed.add(to);
    return new PortName.Link(to.toString());
  }

  /** The far side of a virtual link: everything that comes out of it goes to its destination. */
  private void deliver(PortRef destination) {
    PortName link = new PortName.Link(destination.toString());
    SteeringRule rule =
        new SteeringRule(
            id("to " + destination), 0, link, MatchFields.ANY, List.of(here(destination)));
    (physical(destination).isPresent() ? inBase : inGraph).add(rule);
  }

  private PortName here(PortRef port) {
    return switch (port) {
      case PortRef.OfFunction function -> new PortName.OfFunction(function);
      case PortRef.OfEndPoint endPoint -> new PortName.Physical(interfaceOf(endPoint));
    };
  }

  private Optional<String> physical(PortRef port) {
    return switch (port) {
      case PortRef.OfFunction _ -> Optional.empty();
      case PortRef.OfEndPoint endPoint -> Optional.of(interfaceOf(endPoint));
    };
  }

  private String interfaceOf(PortRef.OfEndPoint reference) {
    EndPoint endPoint =
        graph
            .endPoint(reference.endPoint())
            .orElseThrow(() -> new IllegalArgumentException("undeclared " + reference));
    return switch (endPoint.kind()) {
      case EndPoint.Kind.Interface(String name, String _) -> name;
    };
  }

  private String id(String rule) {
    return graphId + "/" + rule;
  }
}
