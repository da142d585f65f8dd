package org.universalnode.node.capability;

import java.util.Map;
import java.util.Optional;
import org.universalnode.catalog.capability.KernelTrial;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.RouteSocket;

/** Asks the kernel for links of the kind that a module brings. */
public final class LinkTrial implements KernelTrial {
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("8021q", "vlan"),
          Map.entry("bonding", "bond"),
          Map.entry("bridge", "bridge"),
          Map.entry("dummy", "dummy"),
          Map.entry("geneve", "geneve"),
          Map.entry("ifb", "ifb"),
          Map.entry("ip6_tunnel", "ip6tnl"),
          Map.entry("ip_gre", "gre"),
          Map.entry("ipip", "ipip"),
          Map.entry("ipvlan", "ipvlan"),
          Map.entry("macsec", "macsec"),
          Map.entry("macvlan", "macvlan"),
          Map.entry("sit", "sit"),
          Map.entry("vcan", "vcan"),
          Map.entry("veth", "veth"),
          Map.entry("vrf", "vrf"),
          Map.entry("vti4", "vti"),
          Map.entry("vxlan", "vxlan"),
          Map.entry("wireguard", "wireguard"),
          Map.entry("xfrm_interface", "xfrm"));

  /** Who may not ask knows nothing. */
  @Override
  public Optional<Boolean> has(String module) {
    return Optional.ofNullable(KINDS.get(module)).flatMap(LinkTrial::ask);
  }

  private static Optional<Boolean> ask(String kind) {
    try (RouteSocket socket = RouteSocket.open()) {
      return Optional.of(socket.knowsKind(kind));
    } catch (KernelException e) {
      return Optional.empty();
    }
  }
}
