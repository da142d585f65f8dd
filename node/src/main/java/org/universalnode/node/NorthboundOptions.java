package org.universalnode.node;

import java.util.List;
import org.universalnode.node.description.DescribedInterface;
import org.universalnode.node.upstream.UpstreamOptions;

/**
 * What a node is to say of itself, and to whom. What is empty follows from the node.
 *
 * @param id of its domain
 * @param name of its domain
 * @param managementAddress where those above reach it
 * @param interfaces what is said of them
 * @param upstreams who is told
 */
public record NorthboundOptions(
    String id,
    String name,
    String managementAddress,
    List<DescribedInterface> interfaces,
    List<UpstreamOptions> upstreams) {
  /** Of a node that nobody told anything about that. */
  public static final NorthboundOptions NONE =
      new NorthboundOptions("", "", "", List.of(), List.of());

  public NorthboundOptions {
    interfaces = List.copyOf(interfaces);
    upstreams = List.copyOf(upstreams);
  }
}
