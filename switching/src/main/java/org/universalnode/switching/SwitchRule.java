package org.universalnode.switching;

import java.util.Comparator;
import java.util.List;
import org.universalnode.nffg.MatchFields;

/**
 * A traffic steering rule of one in-port. Of the rules that match a frame the first in {@link
 * #DECIDING_ORDER} decides; a frame that no rule matches is dropped.
 *
 * @param id names the rule in its LSI
 * @param priority 0 to 65535, higher wins
 * @param actions ports are named by their numbers
 */
public record SwitchRule(
    String id, int priority, MatchFields match, List<RuleAction<Integer>> actions) {

  /** Higher priority first; between equals, which OpenFlow leaves undefined, the lesser id. */
  public static final Comparator<SwitchRule> DECIDING_ORDER =
      Comparator.comparingInt(SwitchRule::priority).reversed().thenComparing(SwitchRule::id);

  public SwitchRule {
    actions = List.copyOf(actions);
  }

  /** Numbers of the ports that get a copy each. */
  public List<Integer> outputs() {
    return RuleAction.outputsOf(actions);
  }
}
