package org.universalnode.node.deploy;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.universalnode.problem.ProblemException;

/** What takes back the steps that were done, last first. */
final class Undo {
  private static final System.Logger LOG = System.getLogger(Undo.class.getName());

  private final Deque<Runnable> steps = new ConcurrentLinkedDeque<>();

  /** To be called before the step, so that a step that fails half-way is taken back too. */
  void with(Runnable step) {
    steps.push(step);
  }

  /** A step that can't be taken back is reported and does not keep the others from it. */
  void run() {
    steps.forEach(
        step -> {
          try {
            step.run();
          } catch (ProblemException e) {
            LOG.log(System.Logger.Level.ERROR, "while undoing a failed change: {0}", e.first());
          }
        });
    steps.clear();
  }
}
