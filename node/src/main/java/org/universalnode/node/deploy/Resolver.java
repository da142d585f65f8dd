package org.universalnode.node.deploy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.catalog.resolve.CoreLoads;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.choice.Choices;
import org.universalnode.node.store.Placement;

/** Chooses implementations. */
public interface Resolver {

  /**
   * What else is on the node when a graph is resolved.
   *
   * @param graph its id
   * @param running what its functions have now, by their ids
   * @param free what they may take, all together
   * @param served templates of which an instance serves other graphs, and could serve this one
   * @param loads of cores, by other graphs
   */
  record Situation(
      String graph,
      Map<String, Placement> running,
      Amounts free,
      Set<String> served,
      CoreLoads loads) {

    public Situation {
      running = Map.copyOf(running);
      served = Set.copyOf(served);
    }
  }

  /**
   * What was chosen.
   *
   * @param placements by function
   */
  record Resolved(Map<String, Placement> placements, Choices choices) {

    public Resolved {
      placements = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(placements));
    }

    /** Without a reason. */
    public static Resolved of(Map<String, Placement> placements) {
      return new Resolved(placements, Choices.NONE);
    }
  }

  /**
   * The implementation of each function of a graph. Nothing is changed.
   *
   * @throws org.universalnode.problem.ProblemException with all that is wrong with the graph on
   *     this node, each with a pointer into its document
   */
  Resolved resolve(Situation situation, ServiceGraph graph);
}
