package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.universalnode.compute.InstanceId;
import org.universalnode.node.choice.Learned;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.plan.Step;

/**
 * Learns how long functions take until they work, from the steps that make and start them while
 * their graphs are deployed: what is taken over or mended is mostly there already.
 */
public final class Learning implements GraphListener {
  private final Learned learned;
  private final Set<String> deploying = ConcurrentHashMap.newKeySet();
  private final Map<InstanceId, Duration> made = new ConcurrentHashMap<>();

  public Learning(Learned learned) {
    this.learned = learned;
  }

  @Override
  public void phase(String graph, Phase phase, String reason) {
    if (phase == Phase.DEPLOYING) {
      deploying.add(graph);
    } else {
      gone(graph);
    }
  }

  @Override
  public void gone(String graph) {
    if (deploying.remove(graph)) {
      made.keySet().removeIf(instance -> instance.graph().equals(graph));
    }
  }

  @Override
  public void step(String graph, StepEvent event) {
    if (event.state() == StepEvent.State.BEGUN || !deploying.contains(graph)) {
      return;
    }
    boolean done = event.state() == StepEvent.State.DONE;
    switch (event.step()) {
      case Step.MakeFunction make -> {
        made.remove(make.function().spec().id());
        if (done) {
          made.put(make.function().spec().id(), event.took());
        }
      }
      case Step.StartFunction start -> {
        Duration before = made.remove(start.function().spec().id());
        if (done && before != null) {
          learned.started(start.function().placement(), before.plus(event.took()));
        }
      }
      case Step _ -> {}
    }
  }
}
