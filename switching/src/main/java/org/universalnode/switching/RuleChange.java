package org.universalnode.switching;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of an LSI's rules: for each in-port that it touches, all rules which that port has
 * afterwards. In-ports it does not name keep theirs.
 */
public record RuleChange(Map<Integer, List<SwitchRule>> tables) {

  public RuleChange {
    Map<Integer, List<SwitchRule>> copy = new HashMap<>();
    tables.forEach((port, rules) -> copy.put(port, List.copyOf(rules)));
    tables = Map.copyOf(copy);
  }
}
