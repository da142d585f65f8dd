package org.universalnode.switching.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Departure;

/** Leaves out of a round what a disagreement does not need, as long as there is one. */
final class Minimiser {
  private final Function<Round, Optional<Disagreement>> run;

  Minimiser(Function<Round, Optional<Disagreement>> run) {
    this.run = run;
  }

  /** What remains; the same if it does not happen again. */
  Disagreement minimise(Disagreement found) {
    Disagreement least = lessFrames(found);
    least = lessTables(least);
    return lessActions(lessRules(least));
  }

  private Disagreement lessFrames(Disagreement found) {
    Round round = found.round();
    Departure<LsiPort> last = round.arrivals().getLast();
    Optional<Disagreement> alone = run.apply(with(round, round.tables(), List.of(last)));
    if (alone.isPresent()) {
      return alone.get();
    }
    Disagreement least = found;
    for (int i = round.arrivals().size() - 2; i >= 0; i--) {
      if (i < least.round().arrivals().size() - 1) {
        List<Departure<LsiPort>> fewer = new ArrayList<>(least.round().arrivals());
        fewer.remove(i);
        least = run.apply(with(round, round.tables(), fewer)).orElse(least);
      }
    }
    return least;
  }

  private Disagreement lessTables(Disagreement found) {
    Disagreement least = found;
    for (LsiPort in : found.round().tables().keySet()) {
      least = attempt(least, in, List.of());
    }
    return least;
  }

  private Disagreement lessRules(Disagreement found) {
    Disagreement least = found;
    for (Map.Entry<LsiPort, List<SwitchRule>> table : found.round().tables().entrySet()) {
      for (SwitchRule rule : table.getValue()) {
        List<SwitchRule> fewer = new ArrayList<>(rules(least, table.getKey()));
        if (fewer.remove(rule)) {
          least = attempt(least, table.getKey(), fewer);
        }
      }
    }
    return least;
  }

  private Disagreement lessActions(Disagreement found) {
    Disagreement least = found;
    for (LsiPort in : found.round().tables().keySet()) {
      for (int rule = 0; rule < rules(least, in).size(); rule++) {
        int actions = rules(least, in).get(rule).actions().size();
        for (int action = actions - 1; action >= 0; action--) {
          if (action < rules(least, in).get(rule).actions().size()) {
            List<SwitchRule> fewer = new ArrayList<>(rules(least, in));
            fewer.set(rule, without(fewer.get(rule), action));
            least = attempt(least, in, fewer);
          }
        }
      }
    }
    return least;
  }

  private static SwitchRule without(SwitchRule rule, int action) {
    List<RuleAction<Integer>> fewer = new ArrayList<>(rule.actions());
    fewer.remove(action);
    return new SwitchRule(rule.id(), rule.priority(), rule.match(), fewer);
  }

  private static List<SwitchRule> rules(Disagreement found, LsiPort in) {
    return found.round().tables().getOrDefault(in, List.of());
  }

  private Disagreement attempt(Disagreement least, LsiPort in, List<SwitchRule> rules) {
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>(least.round().tables());
    tables.put(in, rules);
    Round round = least.round();
    return run.apply(with(round, tables, round.arrivals())).orElse(least);
  }

  private static Round with(
      Round round, Map<LsiPort, List<SwitchRule>> tables, List<Departure<LsiPort>> arrivals) {
    return new Round(round.seed(), tables, arrivals);
  }
}
