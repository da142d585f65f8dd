package org.universalnode.node.deploy;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchDriver;

/**
 * Graphs that could not be made when the node started, and have been neither made nor deleted
 * since: what an earlier version of the switch carries of them stays until then.
 */
final class Unmade {
  private static final System.Logger LOG = System.getLogger(Unmade.class.getName());

  private final SwitchDriver switching;
  private final Set<LsiId> lsis = new HashSet<>();

  Unmade(SwitchDriver switching) {
    this.switching = switching;
  }

  /** All other graphs have been asked for. */
  synchronized void begin(Collection<LsiId> without) {
    lsis.addAll(without);
    settle();
  }

  /** The graph has been made or deleted. */
  synchronized void end(LsiId lsi) {
    if (lsis.remove(lsi)) {
      settle();
    }
  }

  /** What resists is tried again when the next of them is made, or the node starts. */
  private void settle() {
    if (switching.settle(Set.copyOf(lsis)) instanceof Result.Failed<?>(Problem problem)) {
      LOG.log(System.Logger.Level.ERROR, "can''t settle the switch: {0}", problem);
    }
  }
}
