package org.universalnode.node.deploy;

import java.util.HashSet;
import java.util.Set;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.LsiId;

/** Which LSIs belong to graphs; the lowest free one is given first. Safe for many threads. */
final class LsiNumbers {
  private static final int MOST_GRAPHS = 4096;

  private final Set<Integer> taken = new HashSet<>();

  /**
   * Gives an LSI to a graph.
   *
   * @throws ProblemException with LIMIT if the node carries as many graphs as it can
   */
  synchronized LsiId take() {
    LsiId free = free();
    taken.add(free.number());
    return free;
  }

  /** The one that {@link #take} would give now. */
  synchronized LsiId free() {
    if (taken.size() >= MOST_GRAPHS) {
      throw Problem.of(Problem.Code.LIMIT, "this node carries at most " + MOST_GRAPHS + " graphs")
          .next("delete a graph")
          .asException();
    }
    int number = 1;
    while (taken.contains(number)) {
      number++;
    }
    return new LsiId(number);
  }

  /** An LSI that a graph has from an earlier life of the node; its record may be a broken one. */
  synchronized void remember(int number) {
    taken.add(number);
  }

  synchronized void release(LsiId lsi) {
    taken.remove(lsi.number());
  }
}
