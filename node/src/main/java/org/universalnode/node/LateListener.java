package org.universalnode.node;

import java.util.concurrent.atomic.AtomicReference;
import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.deploy.GraphState.Phase;

/** Tells somebody who comes to be after the graphs; nobody until then. */
final class LateListener implements GraphListener {
  private final AtomicReference<GraphListener> listener =
      new AtomicReference<>(new GraphListener() {});

  void of(GraphListener one) {
    listener.set(one);
  }

  @Override
  public void phase(String graph, Phase phase, String reason) {
    listener.get().phase(graph, phase, reason);
  }

  @Override
  public void gone(String graph) {
    listener.get().gone(graph);
  }
}
