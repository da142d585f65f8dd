package org.universalnode.functions;

import org.universalnode.testbed.Host;

/** The graph lan - DNS filter - wan. */
final class DnsFilterGraph {
  static final String FILTER = "10.0.0.5";
  static final String UPSTREAM = "10.0.0.2";

  /** An address in no subnet of lan. */
  static final String FAR = "203.0.113.53";

  private DnsFilterGraph() {}

  /** With an address and a name server. */
  static Graph filtering(Host lan, Host wan, String members) {
    return between(
        lan,
        wan,
        "{ \"address\": \"%s/24\", \"upstream\": [\"%s\"], %s }"
            .formatted(FILTER, UPSTREAM, members));
  }

  static Graph between(Host lan, Host wan, String configuration) {
    return new Graph()
        .endPoint("lan", lan)
        .endPoint("wan", wan)
        .function(
            """
            { "id": "filter", "functional-capability": "dns-filter", "configuration": %s,
              "ports": [{ "id": "lan:0" }, { "id": "wan:0" }] }"""
                .formatted(configuration))
        .join("endpoint:lan", "vnf:filter:lan:0")
        .join("vnf:filter:wan:0", "endpoint:wan");
  }
}
