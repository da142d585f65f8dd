package org.universalnode.node.upstream;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An upstream that the node is to tell.
 *
 * @param kind {@code webhook}, or what a module brings: {@code mqtt}, {@code nats}
 * @param topic what the other side calls domain descriptions
 * @param credentials file with the login
 * @param key file with the key that signs what is sent to a webhook
 */
public record UpstreamOptions(
    String kind, URI address, String topic, Optional<Path> credentials, Optional<Path> key) {
  /** The kind that needs no module. */
  public static final String WEBHOOK = "webhook";

  /** What the published orchestrator subscribes. */
  public static final String USUAL_TOPIC = "frog:domain-description";
}
