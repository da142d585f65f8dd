package org.universalnode.nffg.diff;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.MatchFields;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.NodeSetting;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;

/**
 * How a graph differs from what it was, by content: elements are the same if their ids are, and the
 * order in which they stand counts nothing.
 *
 * @param notes whether name, description or what is kept of the graph itself differs
 */
public record GraphDiff(
    Changes<NetworkFunction> functions,
    Changes<EndPoint> endPoints,
    Changes<FlowRule> rules,
    Changes<NodeSetting> nodeSettings,
    boolean notes) {

  public static GraphDiff between(ServiceGraph before, ServiceGraph after) {
    return new GraphDiff(
        Changes.between(
            before.functions(), after.functions(), NetworkFunction::id, GraphDiff::function),
        Changes.between(before.endPoints(), after.endPoints(), EndPoint::id, GraphDiff::endPoint),
        Changes.between(before.rules(), after.rules(), FlowRule::id, GraphDiff::rule),
        Changes.between(
            before.nodeSettings(), after.nodeSettings(), NodeSetting::id, GraphDiff::nodeSetting),
        !before.name().equals(after.name())
            || !before.description().equals(after.description())
            || !before.extras().equals(after.extras()));
  }

  public boolean isEmpty() {
    return !notes
        && functions.isEmpty()
        && endPoints.isEmpty()
        && rules.isEmpty()
        && nodeSettings.isEmpty();
  }

  /** Whether nothing differs, or notes for people only. */
  public boolean isCosmetic() {
    return functions.isCosmetic()
        && endPoints.isCosmetic()
        && rules.isCosmetic()
        && nodeSettings.isCosmetic();
  }

  private static Stream<Aspect> function(NetworkFunction before, NetworkFunction after) {
    return Stream.of(
            differ(Aspect.IMPLEMENTATION, implementation(before), implementation(after)),
            differ(Aspect.PORTS, ports(before), ports(after)),
            differ(Aspect.CONFIGURATION, before.configuration(), after.configuration()),
            differ(Aspect.CONTROL_PORTS, before.controlPorts(), after.controlPorts()),
            differ(Aspect.ENVIRONMENT, before.environment(), after.environment()),
            differ(Aspect.NOTES, notes(before, after), notes(after, before)))
        .flatMap(aspects -> aspects);
  }

  private static Stream<Aspect> endPoint(EndPoint before, EndPoint after) {
    return Stream.of(
            differ(Aspect.ATTACHMENT, before.kind(), after.kind()),
            differ(
                Aspect.NOTES,
                List.of(before.name(), before.extras()),
                List.of(after.name(), after.extras())))
        .flatMap(aspects -> aspects);
  }

  private static Stream<Aspect> rule(FlowRule before, FlowRule after) {
    return Stream.of(
            differ(Aspect.PRIORITY, before.priority(), after.priority()),
            differ(Aspect.MATCH, frames(before), frames(after)),
            differ(Aspect.ACTIONS, before.actions(), after.actions()),
            differ(
                Aspect.NOTES,
                List.of(before.description(), before.match().extras()),
                List.of(after.description(), after.match().extras())))
        .flatMap(aspects -> aspects);
  }

  private static Stream<Aspect> nodeSetting(NodeSetting before, NodeSetting after) {
    return Stream.of(Aspect.VALUE);
  }

  private static List<String> implementation(NetworkFunction function) {
    return List.of(function.name(), function.functionalCapability(), function.template());
  }

  private static Set<FunctionPort> ports(NetworkFunction function) {
    return function.ports().stream()
        .map(p -> new FunctionPort(p.id(), "", p.mac(), p.address(), p.trusted(), "{}"))
        .collect(Collectors.toSet());
  }

  /** Of the ports those that the other has too: one that is new is a difference of the ports. */
  private static List<Object> notes(NetworkFunction function, NetworkFunction other) {
    return List.of(
        function.extras(),
        function.ports().stream()
            .filter(port -> other.port(port.id()).isPresent())
            .map(port -> List.of(port.id(), port.name(), port.extras()))
            .collect(Collectors.toCollection(HashSet::new)));
  }

  /** What a rule is about, however much of it the document left to be inferred. */
  private record Frames(PortRef portIn, MatchFields fields) {}

  private static Frames frames(FlowRule rule) {
    return new Frames(rule.match().portIn(), rule.match().fields().withPrerequisites());
  }

  private static Stream<Aspect> differ(Aspect aspect, Object before, Object after) {
    return before.equals(after) ? Stream.empty() : Stream.of(aspect);
  }
}
