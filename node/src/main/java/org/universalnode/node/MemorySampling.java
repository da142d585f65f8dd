package org.universalnode.node;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.universalnode.node.choice.Learned;
import org.universalnode.node.deploy.Clockwork;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.RunningFunction;
import org.universalnode.node.health.FunctionName;
import org.universalnode.problem.ProblemException;

/** Has the node learn how much memory functions use: a few at a time, one round after the other. */
final class MemorySampling {
  private static final System.Logger LOG = System.getLogger(MemorySampling.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** Looking at one takes a fraction of a millisecond. */
  private static final int AT_A_TIME = 8;

  private final Orchestrator graphs;
  private final Learned learned;
  private final Clockwork clockwork;
  private Iterator<FunctionName> round = List.<FunctionName>of().iterator();

  MemorySampling(Orchestrator graphs, Learned learned, Clockwork clockwork) {
    this.graphs = graphs;
    this.learned = learned;
    this.clockwork = clockwork;
  }

  /** Until the clockwork is closed. */
  void begin() {
    clockwork.after(
        PAUSE,
        () -> {
          try {
            sample();
            learned.save();
          } finally {
            begin();
          }
        });
  }

  private void sample() {
    if (!round.hasNext()) {
      round = graphs.tending().functions().iterator();
    }
    for (int i = 0; i < AT_A_TIME && round.hasNext(); i++) {
      FunctionName name = round.next();
      graphs.function(name.graph(), name.function()).ifPresent(one -> learn(name, one));
    }
  }

  private void learn(FunctionName name, RunningFunction function) {
    try {
      OptionalLong bytes = function.stats().memoryBytes();
      bytes.ifPresent(used -> learned.used(function.placement(), used));
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} can''t be measured now: {1}", name, e.getMessage());
    }
  }
}
