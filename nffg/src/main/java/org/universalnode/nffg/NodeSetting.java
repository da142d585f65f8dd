package org.universalnode.nffg;

/** Something of the node itself, outside all functions, that a graph sets. */
public sealed interface NodeSetting {

  /** Unique among the graph's settings. */
  String id();

  /** The next hop of the node's own default route. */
  record DefaultGateway(String id, IpAddress address) implements NodeSetting {
    public DefaultGateway {
      Identifier.id(id);
    }
  }
}
