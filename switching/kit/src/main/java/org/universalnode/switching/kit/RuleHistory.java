package org.universalnode.switching.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Frame;

/**
 * A table that changes a little at each step: rules come and go, and become others of the same id
 * or the same match, so that what was there once is often there again.
 */
final class RuleHistory {
  private static final int MATCHES = 12;
  private static final int IDS = 24;
  private static final int MOST_AT_ONCE = 3;

  private final Draw draw;
  private final RandomRules rules;
  private final List<MatchFields> matches;
  private final Map<String, SwitchRule> table = new TreeMap<>();

  /**
   * Begins with an empty table.
   *
   * @param frames what rules may match
   */
  RuleHistory(long seed, RandomRules rules, List<Frame> frames) {
    this.draw = new Draw(seed);
    this.rules = rules;
    this.matches =
        Stream.concat(
                Stream.of(MatchFields.ANY),
                Stream.generate(() -> rules.match(draw.any(frames))).limit(MATCHES))
            .toList();
  }

  /** The table after one more step. */
  List<SwitchRule> next() {
    if (draw.onceIn(100)) {
      table.clear();
    }
    for (int i = draw.upTo(MOST_AT_ONCE - 1); i >= 0; i--) {
      change("r" + draw.upTo(IDS - 1));
    }
    return new ArrayList<>(table.values());
  }

  private void change(String id) {
    SwitchRule now = table.get(id);
    if (now == null) {
      table.put(id, new SwitchRule(id, draw.upTo(9), draw.any(matches), rules.actions()));
      return;
    }
    switch (draw.upTo(4)) {
      case 0 -> table.put(id, new SwitchRule(id, draw.upTo(9), now.match(), now.actions()));
      case 1 -> table.put(id, new SwitchRule(id, now.priority(), draw.any(matches), now.actions()));
      case 2 -> table.put(id, new SwitchRule(id, now.priority(), now.match(), rules.actions()));
      default -> table.remove(id);
    }
  }
}
