package org.universalnode.node.deploy;

import java.time.Duration;
import org.universalnode.node.plan.Step;

/** Hears of the steps of changes, on the threads that do them, before and after each. */
public interface StepListener {
  /** For which nobody cares. */
  StepListener NONE = (_, _) -> {};

  void hear(String graph, StepEvent event);

  /**
   * Something about a step.
   *
   * @param done how many steps of the change are done now
   * @param total how many it has
   * @param took of a step that has ended; else zero
   */
  record StepEvent(Step step, State state, int done, int total, Duration took) {

    /** How far a step is. */
    public enum State {
      BEGUN,
      DONE,
      FAILED,
      /** It was done, in whole or in part, and is not any more. */
      TAKEN_BACK
    }
  }
}
