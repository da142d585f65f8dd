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
 * @param outputs numbers of the ports that get a copy each
 */
public record SwitchRule(String id, int priority, MatchFields match, List<Integer> outputs) {

  /** Higher priority first; between equals, which OpenFlow leaves undefined, the lesser id. */
  public static final Comparator<SwitchRule> DECIDING_ORDER =
      Comparator.comparingInt(SwitchRule::priority).reversed().thenComparing(SwitchRule::id);

  public SwitchRule {
    outputs = List.copyOf(outputs);
  }
}
