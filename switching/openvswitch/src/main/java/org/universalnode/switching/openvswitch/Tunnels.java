package org.universalnode.switching.openvswitch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
import org.universalnode.nffg.EndPoint.Kind.Tunnel;
import org.universalnode.nffg.EndPoint.Kind.Vxlan;
import org.universalnode.nffg.Ipv6Address;
import org.universalnode.problem.Problem;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.devices.TunnelWay;

/**
 * Ends of tunnels as Open vSwitch makes them, ovs-vswitchd.conf.db(5). Where ovs-vswitchd forwards
 * frames itself, packets of tunnels go by its own bridges only: one of them has the local address.
 */
final class Tunnels {
  private static final int USUAL_TTL = 64;
  private static final int USUAL_UDP_PORT = 4789;

  private final Configuration configuration;
  private final Names names;
  private final TunnelWay way;

  Tunnels(Configuration configuration, Names names, RouteSocket route) {
    this.configuration = configuration;
    this.names = names;
    this.way = new TunnelWay(route);
  }

  /** The name of its interface: two tunnels between the same ends have the same. */
  String name(Tunnel tunnel) {
    return names.tunnel(ends(tunnel));
  }

  /** Refuses what the switch would refuse, or take and not carry. */
  void check(Attachment.Tunnel attachment, Optional<BridgePort> sameEnds) {
    Tunnel tunnel = attachment.tunnel();
    Link link = way.require(tunnel);
    if (configuration.isUserspace() && !configuration.hasBridge(link.name())) {
      throw Problem.of(
              Problem.Code.UNSUPPORTED,
              "the way from %s to %s leads to %s, which is no bridge of Open vSwitch; its data path"
                      .formatted(tunnel.local(), tunnel.remote(), link.name())
                  + " in user space sends tunnels by its own bridges only")
          .next("have a bridge take " + link.name() + ", and give the bridge its address")
          .asException();
    }
    if (tunnel.remote() instanceof Ipv6Address && configuration.isSegmenting()) {
      throw Problem.of(
              Problem.Code.UNSUPPORTED,
              "Open vSwitch loses packets of tunnels over IPv6 with userspace-tso-enable")
          .next("switch that off in other_config, or use IPv4 addresses for the tunnel")
          .asException();
    }
    if (sameEnds.filter(port -> !port.identity().equals(attachment.identity())).isPresent()) {
      throw Problem.of(
              Problem.Code.CONFLICT, "the tunnel " + ends(tunnel) + " is another graph's already")
          .next("use another key or vni")
          .asException();
    }
  }

  static Configuration.Link link(Tunnel tunnel) {
    Map<String, String> options = new HashMap<>();
    options.put("local_ip", tunnel.local().toString());
    options.put("remote_ip", tunnel.remote().toString());
    options.put("ttl", Integer.toString(tunnel.ttl().orElse(USUAL_TTL)));
    return switch (tunnel) {
      case GreTunnel gre -> {
        options.put("key", Long.toString(gre.key()));
        yield new Configuration.Link("gre", options);
      }
      case Vxlan vxlan -> {
        options.put("key", Integer.toString(vxlan.vni()));
        options.put("dst_port", Integer.toString(udpPort(vxlan)));
        yield new Configuration.Link("vxlan", options);
      }
    };
  }

  private static String ends(Tunnel tunnel) {
    String what =
        switch (tunnel) {
          case GreTunnel gre -> "gre " + gre.key();
          case Vxlan vxlan -> "vxlan " + vxlan.vni() + " at port " + udpPort(vxlan);
        };
    return what + " from " + tunnel.local() + " to " + tunnel.remote();
  }

  private static int udpPort(Vxlan vxlan) {
    return vxlan.port().orElse(USUAL_UDP_PORT);
  }
}
