package org.universalnode.node.deploy;

import java.util.Map;
import org.universalnode.nffg.json.JsonPointer;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.Problem;

/** Finds rules of a graph that another graph has already, and where they stand in the document. */
final class Conflicts {
  private static final String RULES = "/forwarding-graph/big-switch/flow-rules";

  private Conflicts() {}

  static void check(BaseRules base, DesiredGraph graph) {
    Map<String, Problem> conflicts = base.conflicts(graph.id(), graph.rules().base());
    Problems problems = new Problems();
    for (int i = 0; i < graph.graph().rules().size(); i++) {
      String compiled = graph.id() + "/" + graph.graph().rules().get(i).id();
      Problem conflict = conflicts.get(compiled);
      if (conflict != null) {
        problems.add(conflict.at(JsonPointer.child(RULES, i)));
      }
    }
    problems.throwIfAny();
  }
}
