package org.universalnode.node.deploy;

import java.util.Optional;
import org.universalnode.nffg.ServiceGraph;

/**
 * What has to be true of a graph when its change begins, after changes before it are done and
 * before anything is made.
 */
@FunctionalInterface
public interface Precondition {
  /** Always true. */
  Precondition NONE = _ -> {};

  /**
   * Lets the change go on, or stops it.
   *
   * @param present the graph as it is desired now; empty if there is none
   * @throws org.universalnode.problem.ProblemException if the change must not be made
   */
  void require(Optional<ServiceGraph> present);
}
