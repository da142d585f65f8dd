package org.universalnode.upstream.mqtt;

import org.universalnode.upstream.Destination;
import org.universalnode.upstream.Upstream;
import org.universalnode.upstream.UpstreamProvider;

/** Offers upstreams of the kind {@code mqtt}. */
public final class MqttProvider implements UpstreamProvider {
  @Override
  public String kind() {
    return "mqtt";
  }

  @Override
  public Upstream open(Destination destination, Runnable lost) {
    return new MqttUpstream(destination, lost);
  }
}
