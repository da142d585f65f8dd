package org.universalnode.switching;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.universalnode.nffg.MatchFields;

/** A rule of an LSI in terms of port names; see {@link SwitchRule}. */
public record SteeringRule(
    String id, int priority, PortName in, MatchFields match, List<RuleAction<PortName>> actions) {

  public SteeringRule {
    actions = List.copyOf(actions);
  }

  /** A new map, to be changed as one likes. */
  public static Map<PortName, List<SteeringRule>> byInPort(List<SteeringRule> rules) {
    return rules.stream()
        .collect(Collectors.groupingBy(SteeringRule::in, HashMap::new, Collectors.toList()));
  }

  public List<PortName> outputs() {
    return RuleAction.outputsOf(actions);
  }

  /** This rule with the numbers that the driver gave the ports; all outputs must have one. */
  public SwitchRule resolved(Map<PortName, LsiPort> ports) {
    return new SwitchRule(
        id,
        priority,
        match,
        actions.stream().map(action -> action.renamed(name -> number(name, ports))).toList());
  }

  private static Integer number(PortName name, Map<PortName, LsiPort> ports) {
    LsiPort port = ports.get(name);
    if (port == null) {
      throw new IllegalStateException("no port for " + name);
    }
    return port.number();
  }
}
