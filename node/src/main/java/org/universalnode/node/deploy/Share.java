package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.PortName;
import org.universalnode.switching.SteeringRule;
import org.universalnode.switching.SwitchRule;

/**
 * One graph's rules at LSI-0.
 *
 * @param rules in the graph's words
 * @param tables the same in the switch's words, by in-port
 */
record Share(List<SteeringRule> rules, Map<Share.In, List<SwitchRule>> tables) {
  static final Share NONE = new Share(List.of(), Map.of());

  /** An in-port; its number alone may have been another's before. */
  record In(PortName name, LsiPort port) {}

  Share {
    rules = List.copyOf(rules);
    tables = Map.copyOf(tables);
  }

  /**
   * Rules with the numbers that the switch gave their ports.
   *
   * @param ports all that the rules name
   */
  static Share of(List<SteeringRule> rules, Map<PortName, LsiPort> ports) {
    Map<In, List<SwitchRule>> tables = new HashMap<>();
    SteeringRule.byInPort(rules)
        .forEach(
            (name, table) ->
                tables.put(
                    new In(name, Objects.requireNonNull(ports.get(name))),
                    table.stream().map(rule -> rule.resolved(ports)).toList()));
    return new Share(rules, tables);
  }
}
