package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.universalnode.node.deploy.GraphListener.StepEvent;
import org.universalnode.node.plan.Step;

/**
 * How long steps take on this node, learned from those that were done: of each kind, and of each
 * template where a function's handlers run, a mean in which the latest counts a quarter.
 */
final class StepTimes implements GraphListener {
  private static final double LATEST = 0.25;
  private static final int MOST_KINDS = 1024;

  private final Map<String, Double> nanos = new ConcurrentHashMap<>();

  @Override
  public void step(String graph, StepEvent event) {
    String kind = kind(event.step());
    if (event.state() == StepEvent.State.DONE
        && (nanos.size() < MOST_KINDS || nanos.containsKey(kind))) {
      nanos.merge(
          kind, (double) event.took().toNanos(), (mean, latest) -> mean + LATEST * (latest - mean));
    }
  }

  Duration of(Step step) {
    Double known = nanos.get(kind(step));
    return known == null ? guess(step) : Duration.ofNanos(Math.round(known));
  }

  /** Of a step that was never done since the node started. */
  private static Duration guess(Step step) {
    return Duration.ofMillis(
        switch (step) {
          case Step.StartFunction _ -> 40;
          case Step.ConfigureFunction _, Step.StopFunction _ -> 20;
          case Step.MakeFunction _, Step.RemoveFunction _, Step.PlugPorts _, Step.UnplugPorts _ ->
              10;
          case Step.SwitchRules _, Step.RemoveLsi _ -> 5;
          case Step.MakeLsi _,
              Step.Plug _,
              Step.Connect _,
              Step.LeaveStacks _,
              Step.LeaveAllStacks _,
              Step.EnterStacks _,
              Step.ClearRules _,
              Step.Disconnect _,
              Step.Unplug _ ->
              2;
        });
  }

  private static String kind(Step step) {
    String kind = step.getClass().getSimpleName();
    return step instanceof Step.OfFunction at
        ? kind + " " + at.function().placement().template()
        : kind;
  }
}
