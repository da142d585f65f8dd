package org.universalnode.switching.reference;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.PortName;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SteeringRule;
import org.universalnode.switching.SwitchRule;

/**
 * A rule, whoever's names of ports it uses.
 *
 * @param <P> what names a port
 */
record Rule<P>(String id, int priority, MatchFields match, List<RuleAction<P>> actions) {

  /** That of {@link SwitchRule#DECIDING_ORDER}. */
  static final Comparator<Rule<?>> DECIDING_ORDER =
      Comparator.<Rule<?>>comparingInt(Rule::priority).reversed().thenComparing(Rule::id);

  static <P> Rule<P> of(SwitchRule rule, Function<Integer, P> names) {
    return new Rule<>(rule.id(), rule.priority(), rule.match(), renamed(rule.actions(), names));
  }

  static <P> Rule<P> of(SteeringRule rule, Function<PortName, P> names) {
    return new Rule<>(rule.id(), rule.priority(), rule.match(), renamed(rule.actions(), names));
  }

  private static <N, P> List<RuleAction<P>> renamed(
      List<RuleAction<N>> actions, Function<N, P> names) {
    return actions.stream().map(action -> action.renamed(names)).toList();
  }
}
