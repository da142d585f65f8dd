package org.universalnode.node.deploy;

import java.util.Map;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.store.Placement;

/** Chooses implementations. */
public interface Resolver {

  /**
   * The implementation of each function of the graph with that id, by the function's id. Nothing is
   * changed.
   *
   * @throws org.universalnode.problem.ProblemException with all that is wrong with the graph on
   *     this node, each with a pointer into its document
   */
  Map<String, Placement> resolve(String id, ServiceGraph graph);
}
