package org.universalnode.switching;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.EndPointType;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * What of the graph language a switch driver can carry out on this machine.
 *
 * @param endPoints kinds of end-point
 * @param matches fields that rules may look at
 * @param actions kinds of action
 * @param setters fields that {@link ActionType#SET_FIELD} may write
 * @param reasons why kinds of end-point are missing, where there is something to say
 */
public record SwitchFeatures(
    Set<EndPointType> endPoints,
    Set<HeaderField> matches,
    Set<ActionType> actions,
    Set<HeaderField> setters,
    Map<EndPointType, String> reasons) {
  private static final String ROOT = "/forwarding-graph";

  /** No driver has it. */
  private static final String SECURE = "a GRE tunnel that is secure, which is one through IPsec";

  public SwitchFeatures {
    endPoints = Set.copyOf(endPoints);
    matches = Set.copyOf(matches);
    actions = Set.copyOf(actions);
    setters = Set.copyOf(setters);
    reasons = Map.copyOf(reasons);
  }

  /** Features of which nothing more is said. */
  public SwitchFeatures(
      Set<EndPointType> endPoints,
      Set<HeaderField> matches,
      Set<ActionType> actions,
      Set<HeaderField> setters) {
    this(endPoints, matches, actions, setters, Map.of());
  }

  /** Everything in a graph that the switch can't do, with pointers into its document. */
  public List<Problem> missing(ServiceGraph graph) {
    List<Problem> missing = new ArrayList<>();
    for (int i = 0; i < graph.endPoints().size(); i++) {
      EndPoint endPoint = graph.endPoints().get(i);
      if (!endPoints.contains(endPoint.kind().type())) {
        missing.add(unsupported(ROOT + "/end-points/" + i, what(endPoint)));
      } else if (endPoint.kind() instanceof EndPoint.Kind.GreTunnel tunnel && tunnel.secure()) {
        missing.add(unsupported(ROOT + "/end-points/" + i + "/gre-tunnel/secure", SECURE));
      }
    }
    Set<PortRef> tagged = vlanEndPoints(graph);
    for (int i = 0; i < graph.rules().size(); i++) {
      String pointer = ROOT + "/big-switch/flow-rules/" + i;
      FlowRule rule = graph.rules().get(i);
      if (tagged.contains(rule.match().portIn()) && looksAtTag(rule)) {
        missing.add(
            unsupported(
                pointer + "/match", "a match of a second tag at an end-point that is a VLAN"));
      }
      for (HeaderField field : rule.match().fields().fields().keySet()) {
        if (!matches.contains(field)) {
          missing.add(unsupported(pointer + "/match", "a match of the " + word(field)));
        }
      }
      rule.actions().stream()
          .filter(action -> !can(action))
          .forEach(a -> missing.add(unsupported(pointer + "/actions", "the action " + what(a))));
    }
    return missing;
  }

  private static boolean looksAtTag(FlowRule rule) {
    MatchFields fields = rule.match().fields();
    return fields.has(HeaderField.VLAN) || fields.has(HeaderField.VLAN_PRIORITY);
  }

  private static Set<PortRef> vlanEndPoints(ServiceGraph graph) {
    return graph.endPoints().stream()
        .filter(endPoint -> endPoint.kind().type() == EndPointType.VLAN)
        .map(endPoint -> new PortRef.OfEndPoint(endPoint.id()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean can(Action action) {
    return actions.contains(action.type())
        && !(action instanceof Action.SetField set && !setters.contains(set.field()));
  }

  private String what(EndPoint endPoint) {
    EndPointType type = endPoint.kind().type();
    String reason = reasons.containsKey(type) ? ": " + reasons.get(type) : "";
    return type == EndPointType.UNBOUND
        ? "an end-point without type"
        : "an end-point of type " + type + reason;
  }

  private static String what(Action action) {
    return action instanceof Action.SetField set
        ? "that sets the " + word(set.field())
        : word(action.type());
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Problem unsupported(String pointer, String what) {
    return new Problem(
        Code.UNSUPPORTED, pointer, "the switch of this node can't do " + what, "leave it out");
  }
}
