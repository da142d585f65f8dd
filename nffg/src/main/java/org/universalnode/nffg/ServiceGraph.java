package org.universalnode.nffg;

import java.util.List;
import java.util.Optional;

/**
 * A service graph (NF-FG): functions and end-points around one big switch, whose rules say how
 * traffic goes between them. {@link GraphReader} promises that ids are unique and that rules name
 * only what the graph declares; whoever builds a graph otherwise keeps to that.
 *
 * @param name for people; empty if absent
 * @param description for people; empty if absent
 * @param functions in the order written, as are the other lists
 * @param nodeSettings what the node itself shall be set to ({@code node-config})
 * @param extras what the document says besides (id, domain, unify-monitoring): a JSON object as
 *     canonical text, kept and not used
 */
public record ServiceGraph(
    String name,
    String description,
    List<NetworkFunction> functions,
    List<EndPoint> endPoints,
    List<FlowRule> rules,
    List<NodeSetting> nodeSettings,
    String extras) {
  public static final int MOST_FUNCTIONS = 1_000;
  public static final int MOST_END_POINTS = 1_000;
  public static final int MOST_RULES = 10_000;
  public static final int MOST_NODE_SETTINGS = 100;

  public ServiceGraph {
    functions = List.copyOf(functions);
    endPoints = List.copyOf(endPoints);
    rules = List.copyOf(rules);
    nodeSettings = List.copyOf(nodeSettings);
    extras = Extras.canonical(extras);
  }

  /** A graph of which no more is said. */
  public ServiceGraph(
      String name,
      String description,
      List<NetworkFunction> functions,
      List<EndPoint> endPoints,
      List<FlowRule> rules) {
    this(name, description, functions, endPoints, rules, List.of(), Extras.NONE);
  }

  public Optional<NetworkFunction> function(String id) {
    return functions.stream().filter(function -> function.id().equals(id)).findFirst();
  }

  public Optional<EndPoint> endPoint(String id) {
    return endPoints.stream().filter(endPoint -> endPoint.id().equals(id)).findFirst();
  }

  public Optional<FlowRule> rule(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }
}
