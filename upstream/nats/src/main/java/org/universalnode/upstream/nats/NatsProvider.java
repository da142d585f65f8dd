package org.universalnode.upstream.nats;

import org.universalnode.upstream.Destination;
import org.universalnode.upstream.Upstream;
import org.universalnode.upstream.UpstreamProvider;

/** Offers upstreams of the kind {@code nats}. */
public final class NatsProvider implements UpstreamProvider {
  @Override
  public String kind() {
    return "nats";
  }

  @Override
  public Upstream open(Destination destination, Runnable lost) {
    return new NatsUpstream(destination, lost);
  }
}
