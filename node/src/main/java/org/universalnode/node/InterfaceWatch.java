package org.universalnode.node;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.universalnode.linux.Link;
import org.universalnode.linux.LinkEvent;
import org.universalnode.linux.LinkEvents;
import org.universalnode.linux.RouteSocket;
import org.universalnode.node.deploy.Orchestrator;

/** Tells the orchestrator of interfaces that were unplugged and are back, with another index. */
final class InterfaceWatch implements AutoCloseable {
  private final Set<String> given;
  private final Orchestrator graphs;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("interface watch").daemon().factory());
  private final LinkEvents events;

  /**
   * Watches until closed.
   *
   * @param given names of the interfaces that graphs may use; others are not looked at
   */
  InterfaceWatch(Set<String> given, Orchestrator graphs) {
    this.given = Set.copyOf(given);
    this.graphs = graphs;
    this.events = LinkEvents.listen(this::hear);
    worker.execute(this::lookAtAll); // what came while nobody listened
  }

  @Override
  public void close() {
    events.close();
    worker.close();
  }

  private void hear(LinkEvent event) {
    switch (event) {
      case LinkEvent.Present(Link link) -> {
        if (given.contains(link.name())) {
          worker.execute(() -> look(link));
        }
      }
      case LinkEvent.Gone _ -> {} // until it is back there is nothing to connect to
      case LinkEvent.Missed _ -> worker.execute(this::lookAtAll);
    }
  }

  private void look(Link link) {
    if (given.contains(link.name())) {
      graphs.reconnect(link.name(), link.index());
    }
  }

  private void lookAtAll() {
    try (RouteSocket route = RouteSocket.open()) {
      route.links().forEach(this::look);
    }
  }
}
