package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.json.JsonPointer;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.problem.Problem;

/**
 * Which graphs meet in internal groups. Those of different tenants don't, unless one that is no
 * tenant's is there to bring them together. Not thread-safe.
 */
final class Meetings {
  private static final String END_POINTS = "/forwarding-graph/end-points";

  private final UnaryOperator<String> tenants;
  private final Map<String, Set<String>> groups = new HashMap<>();

  /**
   * Nobody has met yet.
   *
   * @param tenants to whom a graph belongs, by its id; empty if it is no tenant's
   */
  Meetings(UnaryOperator<String> tenants) {
    this.tenants = tenants;
  }

  /** Why the graph must not become like this. Where it is already it may stay. */
  List<Problem> refusals(DesiredGraph graph) {
    String tenant = tenants.apply(graph.id());
    List<Problem> problems = new ArrayList<>();
    List<EndPoint> endPoints = graph.graph().endPoints();
    for (int i = 0; i < endPoints.size(); i++) {
      if (endPoints.get(i).kind() instanceof EndPoint.Kind.Internal internal
          && isForeign(tenant, internal.group(), graph.id())) {
        problems.add(
            problem(internal.group())
                .at(JsonPointer.child(END_POINTS, i) + "/internal/internal-group"));
      }
    }
    return problems;
  }

  private boolean isForeign(String tenant, String group, String graph) {
    if (tenant.isEmpty() || groups.getOrDefault(graph, Set.of()).contains(group)) {
      return false;
    }
    Set<String> present =
        groups.entrySet().stream()
            .filter(entry -> entry.getValue().contains(group))
            .map(entry -> tenants.apply(entry.getKey()))
            .collect(Collectors.toCollection(TreeSet::new));
    return !present.isEmpty() && !present.contains(tenant) && !present.contains("");
  }

  private static Problem problem(String group) {
    return Problem.of(
            Problem.Code.CONFLICT,
            "the internal group \"" + group + "\" joins graphs of somebody else")
        .next("take another name, or have an operator make a graph in that group");
  }

  /** The graph may become like this, and may stay as it was. */
  void take(DesiredGraph graph) {
    groups.merge(graph.id(), internal(graph), Meetings::both);
  }

  /** The graph is like this. */
  void settle(DesiredGraph graph) {
    groups.put(graph.id(), internal(graph));
  }

  /** There is no such graph any more. */
  void forget(String graph) {
    groups.remove(graph);
  }

  private static Set<String> internal(DesiredGraph graph) {
    return graph.graph().endPoints().stream()
        .map(EndPoint::kind)
        .filter(EndPoint.Kind.Internal.class::isInstance)
        .map(kind -> ((EndPoint.Kind.Internal) kind).group())
        .collect(Collectors.toSet());
  }

  private static Set<String> both(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
