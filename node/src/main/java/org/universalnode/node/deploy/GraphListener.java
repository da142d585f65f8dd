package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.List;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.plan.Step;

/** Hears what becomes of graphs, on the threads that see to it. */
public interface GraphListener {

  /** A step of a change begins, or has ended. */
  default void step(String graph, StepEvent event) {}

  /** A graph is in another phase, or in the same for another reason. */
  default void phase(String graph, Phase phase, String reason) {}

  /** Nothing is left of a graph. */
  default void gone(String graph) {}

  /** A graph was looked after because something of it may have been changed from outside. */
  default void mended(String graph, Duration took) {}

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

  /** Tells all of them. */
  static GraphListener all(List<GraphListener> listeners) {
    List<GraphListener> each = List.copyOf(listeners);
    return new GraphListener() {
      @Override
      public void step(String graph, StepEvent event) {
        each.forEach(listener -> listener.step(graph, event));
      }

      @Override
      public void phase(String graph, Phase phase, String reason) {
        each.forEach(listener -> listener.phase(graph, phase, reason));
      }

      @Override
      public void gone(String graph) {
        each.forEach(listener -> listener.gone(graph));
      }

      @Override
      public void mended(String graph, Duration took) {
        each.forEach(listener -> listener.mended(graph, took));
      }
    };
  }
}
