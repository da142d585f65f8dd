package org.universalnode.bench.updates;

import static org.universalnode.bench.lab.GraphDocument.output;
import static org.universalnode.bench.lab.GraphDocument.portIn;

import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Plugged;

/**
 * A graph of many versions, in which LSI-0 and the graph's own LSI leave each a mark in every
 * packet.
 *
 * <p>A packet that leaves the bridge function takes one walk through both: the rule of the
 * function's port is decided in the graph's LSI, which sets the DSCP to the version and sends the
 * packet on the link to end-point {@code marked}. At the far end of that link LSI-0 delivers to a
 * VLAN end-point, whose tag, 100 + version, it pushes. So each host sees by DSCP which version the
 * packet met in the graph's LSI, and by the tag which one it met in LSI-0: if they differ, the
 * packet met two versions.
 *
 * <p>On its way to the function the packet takes a walk in the other direction, from LSI-0 into the
 * graph's LSI. No rule can set a field at the far end of that link. Instead versions take turns
 * between two ports of the function and hence between two links, of which only one is there in each
 * version: a packet that meets LSI-0 of one version and the graph's LSI of another ends at a link
 * that nobody empties, and is counted as lost.
 *
 * <p>The two walks of a packet may meet different versions, as it is inside the function in
 * between; the marks are of the second walk only. All other traffic goes the same way without
 * marks.
 */
final class MarkingGraph {
  /** PORT of traffic.c. */
  private static final int MARKED_PORT = 7_000;

  /** VLAN_OF_VERSION of traffic.c. */
  private static final int VLAN_OF_VERSION = 100;

  /** The DSCP has six bits; 0 is what packets have anyway. */
  private static final int VERSIONS = 60;

  private static final String PORT = "vnf:bridge:port:";

  private MarkingGraph() {}

  /** The document after so many updates; one differs from the next. */
  static String after(int updates, Plugged plugged) {
    int version = 1 + updates % VERSIONS;
    return GraphDocument.between(plugged)
        .vlanAt("marked", plugged.wan(), VLAN_OF_VERSION + version)
        .bridge("bridge", 3)
        .rule(1, portIn("endpoint:lan"), output(PORT + (version % 2 == 0 ? 0 : 2)))
        .rule(1, portIn(PORT + 0), output("endpoint:lan"))
        .rule(1, portIn(PORT + 2), output("endpoint:lan"))
        .join(PORT + 1, "endpoint:wan")
        .rule(
            2,
            portIn(PORT + 1) + ",\"protocol\":\"udp\",\"dest_port\":\"" + MARKED_PORT + "\"",
            "{\"set_ip_tos\":\"" + version + "\"}," + output("endpoint:marked"))
        .toString();
  }
}
