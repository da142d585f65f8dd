package org.universalnode.node;

import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.security.GraphOwners;
import org.universalnode.problem.ProblemException;

/** A graph that is gone is nobody's. */
record GraphOwnership(GraphOwners owners) implements GraphListener {
  private static final System.Logger LOG = System.getLogger(GraphOwnership.class.getName());

  /** One that can't be forgotten now is at the next start. */
  @Override
  public void gone(String graph) {
    try {
      owners.forget(graph);
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.WARNING, "whose graph " + graph + " was is not forgotten", e);
    }
  }
}
