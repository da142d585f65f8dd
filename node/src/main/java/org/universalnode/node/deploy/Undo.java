package org.universalnode.node.deploy;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.universalnode.problem.Problem;

/** What takes back the steps that were done, last first. */
final class Undo {
  private static final System.Logger LOG = System.getLogger(Undo.class.getName());

  private final Deque<Runnable> steps = new ConcurrentLinkedDeque<>();

  /** To be called before the step, so that a step that fails half-way is taken back too. */
  void with(Runnable step) {
    steps.push(step);
  }

  /**
   * Takes everything back. A step that can't be is reported and does not keep the others from it.
   *
   * @return whether nothing is left of the change
   */
  boolean run() {
    boolean clean = true;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "while undoing a failed change: {0}", Problem.of(e));
        clean = false;
      }
    }
    steps.clear();
    return clean;
  }
}
