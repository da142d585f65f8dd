package org.universalnode.node;

import java.time.Duration;
import java.util.Locale;
import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.event.EventLog;
import org.universalnode.node.event.NodeEvent;
import org.universalnode.node.event.NodeEvent.StepState;

/** Tells those who follow the node's events what becomes of graphs. */
record GraphEvents(EventLog events) implements GraphListener {

  @Override
  public void step(String graph, StepEvent event) {
    events.publish(
        new NodeEvent.StepProgress(
            graph,
            event.step().toString(),
            state(event.state()),
            event.done(),
            event.total(),
            event.took().toMillis()));
  }

  @Override
  public void phase(String graph, Phase phase, String reason) {
    events.publish(new NodeEvent.GraphPhase(graph, phase.name().toLowerCase(Locale.ROOT), reason));
  }

  @Override
  public void gone(String graph) {
    events.publish(new NodeEvent.GraphPhase(graph, "deleted", ""));
  }

  @Override
  public void mended(String graph, Duration took) {
    events.publish(
        new NodeEvent.Drift(graph, "looked after, for something changed", took.toMillis()));
  }

  private static StepState state(StepEvent.State state) {
    return switch (state) {
      case BEGUN -> StepState.BEGAN;
      case DONE -> StepState.DONE;
      case FAILED -> StepState.FAILED;
      case TAKEN_BACK -> StepState.UNDONE;
    };
  }
}
