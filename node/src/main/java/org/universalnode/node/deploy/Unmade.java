package org.universalnode.node.deploy;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.LsiId;

/**
 * Graphs that could not be made when the node started, and have been neither made nor deleted
 * since: what an earlier version of the switch carries of them stays until then.
 */
final class Unmade implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Unmade.class.getName());

  private final Function<Set<LsiId>, Result<Nothing>> settling;
  private final Runnable sweep;
  private final Set<LsiId> lsis = new HashSet<>();
  private final Retries retries = new Retries("switch settling", this::settle);

  /**
   * None yet.
   *
   * @param settling of the switch, given the LSIs of these graphs
   * @param sweep removes what only such graphs may have had
   */
  Unmade(Function<Set<LsiId>, Result<Nothing>> settling, Runnable sweep) {
    this.settling = settling;
    this.sweep = sweep;
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
      if (lsis.isEmpty()) {
        sweep.run();
      }
    }
  }

  @Override
  public void close() {
    retries.close();
  }

  /** What resists is tried again. */
  private synchronized boolean settle() {
    return switch (settling.apply(Set.copyOf(lsis))) {
      case Result.Done<Nothing> _ -> true;
      case Result.Failed<Nothing>(Problem problem) -> {
        LOG.log(System.Logger.Level.ERROR, "can''t settle the switch yet: {0}", problem);
        retries.soon();
        yield false;
      }
    };
  }
}
