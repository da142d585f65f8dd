package org.universalnode.node.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.universalnode.compute.InstanceId;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.store.StoredGraph;
import org.universalnode.switching.CompiledGraph;
import org.universalnode.switching.GraphCompiler;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.PortName;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SteeringRule;

/**
 * Worlds in words that do not tell their past: LSIs are called by their graphs, and which
 * incarnation of a function runs makes no difference.
 */
final class Worlds {
  private static final String BASE = LsiId.BASE.toString();

  private Worlds() {}

  /** What is there. */
  static List<String> found(
      FakeSwitch switching, Map<InstanceId, FakeFunctions.Life> functions, List<StoredGraph> all) {
    Map<LsiId, String> lsis = new java.util.HashMap<>();
    all.forEach(graph -> lsis.put(new LsiId(graph.lsi()), lsi(graph.id())));
    List<String> words = new ArrayList<>(switching.words(lsis));
    functions.forEach(
        (id, life) ->
            words.add(
                function(
                    id.graph() + "/" + id.function(),
                    life.start() > 0 ? "runs" : "stands",
                    life.spec().image(),
                    life.configuration())));
    return words.stream().sorted().toList();
  }

  /** What these graphs want to be there. */
  static List<String> wanted(Map<String, ServiceGraph> graphs) {
    TreeSet<String> ports = new TreeSet<>();
    List<String> words = new ArrayList<>();
    graphs.forEach(
        (id, graph) -> {
          CompiledGraph rules = GraphCompiler.compile(id, graph);
          words.add("lsi " + lsi(id));
          rules.outerPorts().forEach(port -> ports.add(at(id, port, true)));
          rules.links().forEach(link -> ports.add(at(id, link, true)));
          rules.links().forEach(link -> ports.add(at(id, link, false)));
          for (NetworkFunction of : graph.functions()) {
            of.ports()
                .forEach(port -> ports.add(lsi(id) + ":" + id + "/" + of.id() + "/" + port.id()));
            words.add(
                function(id + "/" + of.id(), "runs", "/images/" + of.name(), of.configuration()));
          }
          rules.base().forEach(rule -> words.add(words(id, rule, true)));
          rules.graph().forEach(rule -> words.add(words(id, rule, false)));
        });
    ports.forEach(port -> words.add("port " + port));
    return words.stream().sorted().toList();
  }

  private static String lsi(String graph) {
    return "LSI of " + graph;
  }

  private static String function(String id, String state, String image, String configuration) {
    return "function " + id + " " + state + " " + image + " " + configuration;
  }

  private static String words(String graph, SteeringRule rule, boolean base) {
    List<String> actions =
        rule.actions().stream()
            .map(
                action ->
                    RuleAction.outputsOf(List.of(action)).stream()
                        .map(port -> at(graph, port, base))
                        .findFirst()
                        .orElseGet(action::toString))
            .toList();
    return "rule "
        + String.join(
            " ",
            at(graph, rule.in(), base),
            rule.id(),
            String.valueOf(rule.priority()),
            rule.match().toString(),
            actions.toString());
  }

  private static String at(String graph, PortName port, boolean base) {
    return switch (port) {
      case PortName.Link(String destination) ->
          base ? "link to " + lsi(graph) + " " + destination : lsi(graph) + ":link " + destination;
      case PortName.OfFunction of ->
          lsi(graph) + ":" + graph + "/" + of.port().function() + "/" + of.port().port();
      case PortName.Outer outer -> BASE + ":" + outer;
    };
  }
}
