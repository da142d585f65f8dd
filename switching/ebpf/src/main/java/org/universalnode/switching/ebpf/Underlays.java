package org.universalnode.switching.ebpf;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
import org.universalnode.problem.Problem;

/**
 * Links by which packets of GRE tunnels leave and arrive. They are the machine's; a program looks
 * at what they receive while there are tunnels.
 */
final class Underlays {
  private static final System.Logger LOG = System.getLogger(Underlays.class.getName());
  private static final String NO_MAC = "00:00:00:00:00:00";

  private final GrePlane plane;
  private final Filters filters;
  private final RouteSocket route;
  private final Handover handover;

  Underlays(GrePlane plane, Filters filters, RouteSocket route, Handover handover) {
    this.plane = plane;
    this.filters = filters;
    this.route = route;
    this.handover = handover;
  }

  /** The link of a new tunnel; nothing is made. */
  Link require(GreTunnel tunnel) {
    InetAddress local = InetAddress.ofLiteral(tunnel.local().toString());
    if (!route.holds(local)) {
      throw Problem.of(
              Problem.Code.UNSUPPORTED,
              "no interface of this node has the address " + tunnel.local() + " of a GRE tunnel")
          .next("give it to an interface, or use an address that one has")
          .asException();
    }
    Optional<Link> way = way(local, InetAddress.ofLiteral(tunnel.remote().toString()));
    return way.filter(Underlays::isEthernet).orElseThrow(() -> noWay(tunnel, way).asException());
  }

  private static Problem noWay(GreTunnel tunnel, Optional<Link> way) {
    String ends = " from " + tunnel.local() + " to " + tunnel.remote();
    String reason =
        way.map(link -> "the route" + ends + " leads to " + link.name() + ", which is no Ethernet")
            .orElse("there is no route" + ends);
    return Problem.of(Problem.Code.UNSUPPORTED, reason + "; a GRE tunnel needs one over Ethernet")
        .next("add a route to it by way of an Ethernet interface");
  }

  /** By which packets leave now; empty if there is no route, or none over Ethernet. */
  Optional<Link> find(InetAddress local, InetAddress remote) {
    return route.holds(local) ? way(local, remote).filter(Underlays::isEthernet) : Optional.empty();
  }

  private Optional<Link> way(InetAddress local, InetAddress remote) {
    return route.way(local, remote).flatMap(route::link);
  }

  /** Others have no address, one of another length, or none but zeros, as the loopback has. */
  private static boolean isEthernet(Link link) {
    return link.mac().length() == NO_MAC.length() && !link.mac().equals(NO_MAC);
  }

  /** Takes packets in at the link; once is enough. */
  void use(Link link) {
    plane.underlays.put(key(link.index()), plane.underlays.value().putInt(1));
    if (!handover.keepsUnderlay(link.index())) {
      filters.attach(link, Hook.BEFORE_INGRESS, plane.in);
      handover.doneUnderlay(link.index());
    }
  }

  /** All tunnels are there, so those that a predecessor had come in by today's program. */
  void takeOver() {
    for (ByteBuffer key : plane.underlays.keys()) {
      route.link(key.getInt(0)).ifPresent(this::use);
    }
  }

  /** Leaves the links of which no tunnel has need. */
  void leaveUnused() {
    Set<Integer> used = new HashSet<>();
    for (ByteBuffer key : plane.tunnels.keys()) {
      Optional<ByteBuffer> tunnel = plane.tunnels.get(key);
      tunnel.ifPresent(of -> used.add(of.getInt(GrePlane.UNDERLAY_AT)));
    }
    for (ByteBuffer key : plane.underlays.keys()) {
      if (!used.contains(key.getInt(0))) {
        leaveIfPossible(key.getInt(0));
      }
    }
  }

  /** It is tried again the next time. */
  private void leaveIfPossible(int index) {
    try {
      leave(index);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a link keeps a filter of GRE tunnels that are gone", e);
    }
  }

  private void leave(int index) {
    if (!handover.keepsUnderlay(index)) {
      Optional<Link> link = route.link(index);
      link.ifPresentOrElse(
          there -> filters.detach(there, Hook.BEFORE_INGRESS), () -> filters.forget(index));
    }
    plane.underlays.remove(key(index));
  }

  private ByteBuffer key(int index) {
    return plane.underlays.key().putInt(index);
  }
}
