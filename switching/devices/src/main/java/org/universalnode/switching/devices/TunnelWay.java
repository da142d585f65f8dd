package org.universalnode.switching.devices;

import java.net.InetAddress;
import java.util.Optional;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.EndPoint.Kind.Tunnel;
import org.universalnode.problem.Problem;

/** By which of the machine's links packets of tunnels go, as its routes say. */
public record TunnelWay(RouteSocket route) {
  private static final String NO_MAC = "00:00:00:00:00:00";

  /** The link of a new tunnel. */
  public Link require(Tunnel tunnel) {
    InetAddress local = InetAddress.ofLiteral(tunnel.local().toString());
    if (!route.holds(local)) {
      throw Problem.of(
              Problem.Code.UNSUPPORTED,
              "no interface of this node has the address " + tunnel.local() + " of a tunnel")
          .next("give it to an interface, or use an address that one has")
          .asException();
    }
    Optional<Link> way = way(local, InetAddress.ofLiteral(tunnel.remote().toString()));
    return way.filter(TunnelWay::isEthernet).orElseThrow(() -> noWay(tunnel, way).asException());
  }

  private static Problem noWay(Tunnel tunnel, Optional<Link> way) {
    String ends = " from " + tunnel.local() + " to " + tunnel.remote();
    String reason =
        way.map(link -> "the route" + ends + " leads to " + link.name() + ", which is no Ethernet")
            .orElse("there is no route" + ends);
    return Problem.of(Problem.Code.UNSUPPORTED, reason + "; a tunnel needs one over Ethernet")
        .next("add a route to it by way of an Ethernet interface");
  }

  /** By which packets leave now; empty if there is no route, or none over Ethernet. */
  public Optional<Link> find(InetAddress local, InetAddress remote) {
    return route.holds(local) ? way(local, remote).filter(TunnelWay::isEthernet) : Optional.empty();
  }

  private Optional<Link> way(InetAddress local, InetAddress remote) {
    return route.way(local, remote).flatMap(route::link);
  }

  /** Others have no address, one of another length, or none but zeros, as the loopback has. */
  private static boolean isEthernet(Link link) {
    return link.mac().length() == NO_MAC.length() && !link.mac().equals(NO_MAC);
  }
}
