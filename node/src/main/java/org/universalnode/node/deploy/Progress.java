package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.universalnode.node.deploy.GraphListener.StepEvent;
import org.universalnode.node.deploy.GraphListener.StepEvent.State;
import org.universalnode.node.plan.Step;

/** How far a change is. */
final class Progress {
  private static final int ALL = 100;

  private final String graph;
  private final int total;
  private final GraphListener listener;
  private final AtomicInteger done = new AtomicInteger();

  /** Nothing is done of it yet. */
  Progress(String graph, int total, GraphListener listener) {
    this.graph = graph;
    this.total = total;
    this.listener = listener;
  }

  /** Does a step and says so. */
  void of(Step step, Runnable work) {
    tell(step, State.BEGUN, Duration.ZERO);
    long begin = System.nanoTime();
    try {
      work.run();
    } catch (RuntimeException e) {
      tell(step, State.FAILED, since(begin));
      throw e;
    }
    done.incrementAndGet();
    tell(step, State.DONE, since(begin));
  }

  /** Takes a step back and says so. */
  void back(Step step, Runnable work) {
    long begin = System.nanoTime();
    work.run();
    tell(step, State.TAKEN_BACK, since(begin));
  }

  /** Of a change that is not done: 0 to 99. */
  int percentage() {
    return total == 0 ? 0 : Math.min(done.get() * ALL / total, ALL - 1);
  }

  private void tell(Step step, State state, Duration took) {
    listener.step(graph, new StepEvent(step, state, done.get(), total, took));
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
