package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.universalnode.nffg.json.JsonPointer;
import org.universalnode.nffg.json.Problems;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.problem.Problem;
import org.universalnode.switching.SteeringRule;

/** Finds rules that decide on traffic which another rule has, and where they stand in a graph. */
final class Conflicts {
  private static final String RULES = "/forwarding-graph/big-switch/flow-rules";

  private Conflicts() {}

  static void check(BaseRules base, DesiredGraph graph) {
    Map<String, Problem> conflicts = base.conflicts(graph.id(), graph.rules().base());
    Map<String, Problem> own = ownConflicts(graph.rules().base());
    Problems problems = new Problems();
    for (int i = 0; i < graph.graph().rules().size(); i++) {
      String compiled = graph.id() + "/" + graph.graph().rules().get(i).id();
      String pointer = JsonPointer.child(RULES, i);
      Stream.of(conflicts, own)
          .flatMap(found -> Optional.ofNullable(found.get(compiled)).stream())
          .forEach(problem -> problems.add(problem.at(pointer)));
    }
    problems.throwIfAny();
  }

  /** Two end-points may be one interface; then their rules may be one rule, said twice. */
  private static Map<String, Problem> ownConflicts(List<SteeringRule> rules) {
    Map<List<Object>, String> seen = new HashMap<>();
    Map<String, Problem> found = new HashMap<>();
    for (SteeringRule rule : rules) {
      List<Object> decision = List.of(rule.in(), rule.priority(), rule.match());
      String first = seen.putIfAbsent(decision, rule.id());
      if (first != null) {
        found.put(
            rule.id(),
            Problem.of(
                    Problem.Code.CONFLICT,
                    "rule " + first + " decides on the same traffic of " + rule.in())
                .next("use another priority or match"));
      }
    }
    return found;
  }
}
