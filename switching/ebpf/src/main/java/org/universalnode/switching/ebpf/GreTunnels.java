package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
import org.universalnode.nffg.Ipv6Address;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.devices.Marks;

/**
 * Ends of GRE tunnels. Each is a pair of interfaces: the one is an ordinary port, out of which
 * frames go with outer headers; what comes out of the other is sent on by the machine's routing.
 * Packets of tunnels are taken in at the links where they arrive, their underlays.
 */
final class GreTunnels implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(GreTunnels.class.getName());
  private static final int USUAL_TTL = 64;

  private final GrePlane plane;
  private final Marks marks;
  private final Ports ports;
  private final Filters filters;
  private final RouteSocket route = RouteSocket.open();
  private final Underlays underlays;
  private final RoutingWatch watch;

  /** Takes over what is there, which runs today's programs from now on. */
  GreTunnels(GrePlane plane, Marks marks, Ports ports, Filters filters, Handover handover) {
    this.plane = plane;
    this.marks = marks;
    this.ports = ports;
    this.filters = filters;
    this.underlays = new Underlays(plane, filters, route, handover);
    removeStrangers();
    plane.tunnels.keys().forEach(key -> route.link(key.getInt(0)).ifPresent(this::takeOver));
    this.watch = new RoutingWatch(this::settle);
    settle();
  }

  /** Makes an end, or finds it. */
  synchronized AttachedPort open(Attachment.Tunnel attachment, GreTunnel tunnel) {
    ByteBuffer ends = ends(plane.ports.key(), tunnel);
    int underlay = underlay(attachment, tunnel, ends);
    Link port = ports.gre(attachment.identity());
    Link peer = route.link(marks.tunnelSideOf(attachment.identity())).orElseThrow();
    route.cutSegments(port); // of frames that the program can't wrap whole
    for (Link end : new Link[] {port, peer}) {
      plane.tunnels.put(key(end.index()), value(tunnel, underlay));
      attach(end);
    }
    route.up(peer); // first, so that the port carries frames as soon as it is up
    AttachedPort attached = ports.create(LsiId.BASE, attachment);
    plane.ports.put(ends, plane.ports.value().putInt(port.index()));
    forgetEnds(port.index(), ends);
    underlays.leaveUnused();
    return attached;
  }

  /**
   * The index of the link by which packets go, which takes some in from now on. A tunnel that runs
   * and has no way for the moment keeps the one it had, until it follows its route.
   */
  private int underlay(Attachment.Tunnel attachment, GreTunnel tunnel, ByteBuffer ends) {
    refuseTaken(attachment, tunnel, ends);
    Optional<Integer> former = formerUnderlay(attachment, ends);
    if (former.isPresent() && underlays.find(tunnel).isEmpty()) {
      return former.get();
    }
    Link underlay = underlays.require(tunnel);
    refuseTakenByOthers(tunnel, underlay, ends);
    underlays.use(underlay);
    return underlay.index();
  }

  /** That of the tunnel between the same ends, if it is there. */
  private Optional<Integer> formerUnderlay(Attachment.Tunnel attachment, ByteBuffer ends) {
    return route
        .link(marks.nameOfGre(attachment.identity()))
        .flatMap(port -> plane.tunnels.get(key(port.index())))
        .filter(value -> value.slice(0, GrePlane.ENDS_BYTES).equals(ends.duplicate().clear()))
        .map(value -> value.getInt(GrePlane.UNDERLAY_AT));
  }

  /** What has no port any more, also because a process died over it. */
  synchronized void removeStrangers() {
    for (ByteBuffer key : plane.tunnels.keys()) {
      if (route.link(key.getInt(0)).isEmpty()) {
        filters.forget(key.getInt(0));
        plane.tunnels.remove(key);
      }
    }
    for (ByteBuffer ends : plane.ports.keys()) {
      if (plane.ports.get(ends).flatMap(port -> plane.tunnels.get(port)).isEmpty()) {
        plane.ports.remove(ends);
      }
    }
    underlays.leaveUnused();
  }

  /** Whether programs of tunnels run at the link as they should, if they should at all. */
  synchronized boolean isWhole(int link) {
    return underlays.isWhole(link)
        && (plane.tunnels.get(key(link)).isEmpty()
            || route.link(link).filter(end -> !runs(end)).isEmpty());
  }

  /** Links at which programs of tunnels should run. */
  synchronized Set<Integer> links() {
    Set<Integer> links = new HashSet<>(underlays.links());
    plane.tunnels.keys().forEach(key -> links.add(key.getInt(0)));
    return links;
  }

  /** Makes maps what they should be; whether they were not. */
  synchronized boolean mend() {
    return plane.mend();
  }

  void repin() {
    plane.repin();
  }

  /** All that are wanted are there. */
  synchronized void takeOver() {
    underlays.takeOver();
  }

  @Override
  public void close() {
    watch.close();
    route.close();
    plane.close();
  }

  /** Has all tunnels go where their routes go now; one without a route stays as it is. */
  private synchronized void settle() {
    for (ByteBuffer key : plane.tunnels.keys()) {
      try {
        plane.tunnels.get(key).ifPresent(tunnel -> settle(key, tunnel));
      } catch (RuntimeException e) { // the others follow their routes all the same
        LOG.log(System.Logger.Level.WARNING, "a GRE tunnel can't follow its route", e);
      }
    }
    underlays.leaveUnused();
  }

  private void settle(ByteBuffer key, ByteBuffer tunnel) {
    Optional<Link> now = underlays.find(Addresses.local(tunnel), Addresses.remote(tunnel));
    now.ifPresent(
        underlay -> {
          underlays.use(underlay);
          plane.tunnels.put(key, tunnel.putInt(GrePlane.UNDERLAY_AT, underlay.index()));
        });
  }

  /** Whoever opens a tunnel that can't be taken over hears why; the others go on. */
  private void takeOver(Link end) {
    try {
      attach(end);
    } catch (RuntimeException e) {
      String what = end.name() + " of a GRE tunnel does not run today's program";
      LOG.log(System.Logger.Level.WARNING, what, e);
    }
  }

  private boolean runs(Link end) {
    return Marks.isMadeName(end.name())
        ? filters.runs(end, Hook.EGRESS, plane.out)
        : filters.runs(end, Hook.INGRESS, plane.route);
  }

  private void attach(Link end) {
    if (Marks.isMadeName(end.name())) {
      filters.attach(end, Hook.EGRESS, plane.out);
    } else {
      filters.attach(end, Hook.INGRESS, plane.route);
    }
  }

  private void refuseTaken(Attachment.Tunnel attachment, GreTunnel tunnel, ByteBuffer ends) {
    Optional<Link> taken = plane.ports.get(ends).flatMap(port -> route.link(port.getInt(0)));
    String own = marks.nameOfGre(attachment.identity());
    if (taken.filter(link -> !link.name().equals(own)).isPresent()) {
      throw taken(tunnel, "another graph's");
    }
  }

  /** Frames would all go to one of the nodes. */
  private void refuseTakenByOthers(GreTunnel tunnel, Link underlay, ByteBuffer ends) {
    if (filters.pinsOfOthers(underlay, "gre_ports").anyMatch(pin -> has(pin, ends))) {
      throw taken(tunnel, "another node's");
    }
  }

  private static boolean has(Path pin, ByteBuffer ends) {
    try (BpfMap theirs = BpfMap.pinned(pin)) {
      return theirs.get(ends).isPresent();
    }
  }

  private static ProblemException taken(GreTunnel tunnel, String whose) {
    return Problem.of(
            Problem.Code.CONFLICT,
            "GRE " + tunnel.key() + " to " + tunnel.remote() + " is " + whose + " already")
        .next("use another key")
        .asException();
  }

  /** By which packets come in at the port, but {@code kept}. */
  private void forgetEnds(int port, ByteBuffer kept) {
    Set<ByteBuffer> others = new HashSet<>(plane.ports.keys());
    others.remove(kept.duplicate().clear());
    others.stream()
        .filter(ends -> plane.ports.get(ends).filter(at -> at.getInt(0) == port).isPresent())
        .forEach(plane.ports::remove);
  }

  private ByteBuffer key(int index) {
    return plane.tunnels.key().putInt(index);
  }

  private ByteBuffer value(GreTunnel tunnel, int underlay) {
    return ends(plane.tunnels.value(), tunnel)
        .putInt(tunnel.ttl().orElse(USUAL_TTL))
        .putInt(underlay);
  }

  /** The key is in network order. */
  private static ByteBuffer ends(ByteBuffer to, GreTunnel tunnel) {
    int key = (int) tunnel.key();
    return to.put(Addresses.padded(tunnel.local()))
        .put(Addresses.padded(tunnel.remote()))
        .put(ByteBuffer.allocate(Integer.BYTES).putInt(0, key))
        .putInt(tunnel.remote() instanceof Ipv6Address ? 1 : 0);
  }
}
