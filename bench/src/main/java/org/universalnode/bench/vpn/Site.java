package org.universalnode.bench.vpn;

import java.util.List;
import java.util.Optional;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.Programs;
import org.universalnode.bench.lab.Station;
import org.universalnode.linux.NetworkNamespace;

/**
 * A client behind a CPE, and a sink behind a VPN gateway; between CPE and gateway is what the
 * tunnel has to cross.
 *
 * @param ends the client and the sink
 */
record Site(Ends ends, NetworkNamespace gateway) {
  static final String CPE_LAN = "10.0.0.1/24";
  static final String CPE_WAN = "198.51.100.10/24";
  static final String GATEWAY = "198.51.100.2";
  static final String LOCAL_NETWORK = "10.0.0.0/24";
  static final String REMOTE_NETWORK = "10.2.0.0/24";

  private static final String CLIENT = "10.0.0.2";
  private static final String SINK = "10.2.0.2";
  private static final String SINK_GATEWAY = "10.2.0.1";

  /** With this, no packet needs fragments when it has the headers of ESP in UDP as well. */
  private static final int MTU = 1_400;

  /**
   * Makes client, gateway and sink of two hosts that are at the ends of a CPE.
   *
   * @param cpe its hosts: the client's place, and the gateway's
   */
  static Site around(Ends cpe, Lab lab) {
    Programs programs = lab.programs();
    NetworkNamespace client = cpe.from().namespace();
    NetworkNamespace gateway = cpe.to().namespace();
    NetworkNamespace sink = lab.host();
    address(programs, client, CLIENT + "/24");
    address(programs, gateway, GATEWAY + "/24");
    ip(programs, gateway, "link add sink type veth peer eth0 netns " + sink.path().getFileName());
    ip(programs, gateway, "address add " + SINK_GATEWAY + "/24 dev sink");
    ip(programs, gateway, "link set sink up");
    programs.run(Optional.of(gateway), "sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
    address(programs, sink, SINK + "/24");
    ip(programs, sink, "link set eth0 mtu " + MTU + " up");
    ip(programs, sink, "route add default via " + SINK_GATEWAY);
    ip(programs, client, "link set eth0 mtu " + MTU);
    ip(programs, client, "route add default via 10.0.0.1");
    for (NetworkNamespace host : List.of(client, gateway)) {
      askOften(programs, host);
    }
    return new Site(new Ends(new Station(client, CLIENT), new Station(sink, SINK)), gateway);
  }

  /**
   * Who asks in vain for a neighbour asks again after a second, which would be in the time until
   * the first packet by chance.
   */
  private static void askOften(Programs programs, NetworkNamespace host) {
    programs.run(Optional.of(host), "sysctl", "-q", "-w", "net.ipv4.neigh.eth0.retrans_time_ms=5");
  }

  private static void address(Programs programs, NetworkNamespace host, String address) {
    ip(programs, host, "address flush dev eth0");
    ip(programs, host, "address add " + address + " dev eth0");
  }

  static void ip(Programs programs, NetworkNamespace host, String command) {
    programs.run(Optional.of(host), ("ip " + command).split(" ", -1));
  }
}
