package org.universalnode.switching;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of rules, in one or in several LSIs: for each in-port that it touches, all rules which
 * that port has afterwards. In-ports it does not name keep theirs.
 */
public record RuleChange(Map<LsiPort, List<SwitchRule>> tables) {

  public RuleChange {
    Map<LsiPort, List<SwitchRule>> copy = new HashMap<>();
    tables.forEach((port, rules) -> copy.put(port, List.copyOf(rules)));
    tables = Map.copyOf(copy);
  }
}
