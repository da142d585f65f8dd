package org.universalnode.bench.vpn;

import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;

/**
 * A function that a node deploys: always the same graph, but for the name of the implementation
 * that the resolver is told to take.
 *
 * @param template that name
 */
record NodeClient(NodeProcess node, Plugged plugged, String template) implements Client {
  private static final String GRAPH = "vpn";

  @Override
  public double start(Cipher cipher) {
    return node.put(GRAPH, graph(cipher));
  }

  @Override
  public void stop() {
    node.delete(GRAPH);
  }

  private String graph(Cipher cipher) {
    return GraphDocument.between(plugged)
        .function(
            """
            {"id":"client","functional-capability":"ipsec-client","vnf_template":"%s",
             "configuration":{"remote":"%s","remote-subnets":["%s"],"psk":"%s",
               "proposals":["aes128gcm16-prfsha256-ecp256"],"esp-proposals":["%s"]},
             "ports":[{"id":"lan:0","unify-ip":"%s"},{"id":"wan:0","unify-ip":"%s"}]}"""
                .formatted(
                    template,
                    Site.GATEWAY,
                    Site.REMOTE_NETWORK,
                    Gateway.KEY,
                    cipher.proposal(),
                    Site.CPE_LAN,
                    Site.CPE_WAN))
        .join("endpoint:lan", "vnf:client:lan:0")
        .join("vnf:client:wan:0", "endpoint:wan")
        .toString();
  }
}
