package org.universalnode.node.deploy;

import java.util.List;
import org.universalnode.nffg.json.JsonPointer;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.problem.ProblemException;

/** Says of a function's problem where the function stands in its graph. */
final class Located {
  private Located() {}

  static void at(DesiredGraph graph, PlacedFunction function, Runnable work) {
    try {
      work.run();
    } catch (ProblemException e) {
      List<String> ids = List.copyOf(graph.functions().keySet());
      int position = ids.indexOf(function.spec().id().function());
      String pointer = JsonPointer.child("/forwarding-graph/VNFs", position);
      throw new ProblemException(e.problems().stream().map(p -> p.at(pointer)).toList(), e);
    }
  }
}
