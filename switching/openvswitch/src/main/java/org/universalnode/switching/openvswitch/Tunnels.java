package org.universalnode.switching.openvswitch;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
import org.universalnode.nffg.EndPoint.Kind.Tunnel;
import org.universalnode.nffg.EndPoint.Kind.Vxlan;

/** Ends of tunnels as Open vSwitch makes them, ovs-vswitchd.conf.db(5). */
final class Tunnels {
  private Tunnels() {}

  static Configuration.Link link(Tunnel tunnel) {
    Map<String, String> options = new HashMap<>();
    options.put("local_ip", tunnel.local().toString());
    options.put("remote_ip", tunnel.remote().toString());
    tunnel.ttl().ifPresent(ttl -> options.put("ttl", Integer.toString(ttl)));
    return switch (tunnel) {
      case GreTunnel gre -> {
        options.put("key", Long.toString(gre.key()));
        yield new Configuration.Link("gre", options);
      }
      case Vxlan vxlan -> {
        options.put("key", Integer.toString(vxlan.vni()));
        put(options, "dst_port", vxlan.port());
        yield new Configuration.Link("vxlan", options);
      }
    };
  }

  private static void put(Map<String, String> options, String name, OptionalInt value) {
    value.ifPresent(number -> options.put(name, Integer.toString(number)));
  }
}
