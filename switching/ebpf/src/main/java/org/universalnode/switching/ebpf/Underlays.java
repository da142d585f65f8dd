package org.universalnode.switching.ebpf;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.devices.TunnelWay;

/**
 * Links by which packets of GRE tunnels leave and arrive. They are the machine's; a program looks
 * at what they receive while there are tunnels.
 */
final class Underlays {
  private static final System.Logger LOG = System.getLogger(Underlays.class.getName());

  private final GrePlane plane;
  private final Filters filters;
  private final RouteSocket route;
  private final TunnelWay way;
  private final Handover handover;

  Underlays(GrePlane plane, Filters filters, RouteSocket route, Handover handover) {
    this.plane = plane;
    this.filters = filters;
    this.route = route;
    this.way = new TunnelWay(route);
    this.handover = handover;
  }

  /** The link of a new tunnel; nothing is made. */
  Link require(GreTunnel tunnel) {
    return way.require(tunnel);
  }

  /** The link of a tunnel as of now; empty if it has no way. */
  Optional<Link> find(GreTunnel tunnel) {
    return find(
        InetAddress.ofLiteral(tunnel.local().toString()),
        InetAddress.ofLiteral(tunnel.remote().toString()));
  }

  /** By which packets leave now; empty if there is no route, or none over Ethernet. */
  Optional<Link> find(InetAddress local, InetAddress remote) {
    return way.find(local, remote);
  }

  /** Takes packets in at the link; once is enough. */
  void use(Link link) {
    plane.underlays.put(key(link.index()), plane.underlays.value().putInt(1));
    if (!handover.keepsUnderlay(link.index())) {
      filters.attach(link, Hook.BEFORE_INGRESS, plane.in);
      handover.doneUnderlay(link.index());
    }
  }

  Set<Integer> links() {
    Set<Integer> links = new HashSet<>();
    plane.underlays.keys().forEach(key -> links.add(key.getInt(0)));
    return links;
  }

  /** Whether packets are taken in at the link as they should; a link that is gone takes none. */
  boolean isWhole(int link) {
    return plane.underlays.get(key(link)).isEmpty()
        || handover.keepsUnderlay(link)
        || route
            .link(link)
            .filter(there -> !filters.runs(there, Hook.BEFORE_INGRESS, plane.in))
            .isEmpty();
  }

  /** All tunnels are there, so those that a predecessor had come in by today's program. */
  void takeOver() {
    List<Result<Nothing>> taken = new ArrayList<>();
    for (ByteBuffer key : plane.underlays.keys()) {
      taken.add(Result.run(() -> route.link(key.getInt(0)).ifPresent(this::use)));
    }
    taken.forEach(Result::orThrow);
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
