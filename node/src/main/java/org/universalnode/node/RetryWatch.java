package org.universalnode.node;

import org.universalnode.linux.RoutingEvents;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Retries;

/**
 * Has graphs tried again that lack something of the machine, after links, addresses or routes have
 * changed: an uplink may get its address long after the node has started.
 */
final class RetryWatch implements AutoCloseable {
  private final Retries retries;
  private final RoutingEvents events;

  /** Watches until closed. */
  RetryWatch(Orchestrator graphs) {
    this.retries = new Retries("graphs' retries", graphs::retry);
    this.events = RoutingEvents.listen(retries::soon);
    retries.soon(); // what came while nobody listened
  }

  @Override
  public void close() {
    events.close();
    retries.close();
  }
}
