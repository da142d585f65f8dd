package org.universalnode.functions;

import org.universalnode.testbed.Host;

/** The graph lan - firewall - wan. */
final class FirewallGraph {
  private FirewallGraph() {}

  static Graph between(Host lan, Host wan, String configuration) {
    return new Graph()
        .endPoint("lan", lan)
        .endPoint("wan", wan)
        .function(
            """
            { "id": "fw", "functional-capability": "firewall", "configuration": %s,
              "ports": [{ "id": "lan:0" }, { "id": "wan:0" }] }"""
                .formatted(configuration))
        .join("endpoint:lan", "vnf:fw:lan:0")
        .join("vnf:fw:wan:0", "endpoint:wan");
  }
}
