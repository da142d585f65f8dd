package org.universalnode.switching.devices;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.universalnode.linux.Errno;
import org.universalnode.linux.Ipv6Autoconfiguration;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.Offloads;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.EndPoint.Addressing;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.problem.Problem;
import org.universalnode.switching.Attachment;

/**
 * Makes interfaces for the switch, or finds those that it made before.
 *
 * @param makeRoom removes what has a name and is not what is wanted
 */
public record InterfaceMaker(RouteSocket route, Marks marks, Consumer<String> makeRoom) {
  /** The kernel's limit for a veth. */
  private static final int LONGEST_PACKET = 65_535;

  private static final String VETH = "veth";

  /** A veth whose peer is in the function's namespace. */
  public Link veth(Attachment.FunctionInterface function) {
    String name = marks.nameOf(function);
    Optional<Link> present = route.link(name);
    if (present.isPresent() && isWhole(present.get(), function)) {
      return present.get();
    }
    present.ifPresent(link -> makeRoom.accept(name));
    NetworkNamespace namespace = NetworkNamespace.named(function.namespace());
    removeFarEndOfStranger(function, namespace);
    String mac = function.mac().toString();
    Link made = route.createVeth(new Veth(name, function.interfaceName(), mac, namespace));
    route.markSilent(made, marks.markOf(function));
    if (function.whole()) {
      try (Offloads offloads = Offloads.open()) {
        offloads.sendFinished(made);
      }
    }
    return made;
  }

  /** The near end of what was there may have been moved away; with its far end it goes. */
  private static void removeFarEndOfStranger(
      Attachment.FunctionInterface function, NetworkNamespace namespace) {
    if (namespace.exists()) {
      try (RouteSocket inside = namespace.routeSocket()) {
        inside
            .link(function.interfaceName())
            .filter(far -> far.kind().equals(VETH) && far.mac().equals(function.mac().toString()))
            .ifPresent(far -> inside.deleteLink(far.name()));
      }
    }
  }

  /** A veth whose peer the machine's stack has; a pair with other addresses is made anew. */
  public Link pair(Attachment.HostStack stack) {
    String mac = macOf(stack);
    return route
        .link(marks.nameOf(stack))
        .filter(present -> present.alias().equals(marks.markOf(stack)))
        .filter(present -> hasFarEnd(present, new FarEnd(marks.hostSideOf(stack), mac)))
        .orElseGet(() -> newPair(stack, mac));
  }

  private String macOf(Attachment.HostStack stack) {
    return stack.stack().mac().orElseGet(() -> marks.macOf(stack)).toString();
  }

  /**
   * The other end of a pair.
   *
   * @param mac the address that it was made with
   */
  public record FarEnd(String name, String mac) {}

  /** Whether the pair is whole; a far end that has another name or address gets its own again. */
  private boolean hasFarEnd(Link near, FarEnd wanted) {
    return mended(route, near, wanted).isPresent();
  }

  private static Optional<Link> mended(RouteSocket where, Link near, FarEnd wanted) {
    Optional<Link> found = where.link(wanted.name()).or(() -> where.link(near.lower()));
    Optional<Link> far =
        found.filter(link -> link.kind().equals(VETH) && link.lower() == near.index());
    far.filter(link -> !link.mac().equals(wanted.mac()))
        .ifPresent(link -> where.readdress(link, wanted.mac()));
    far.filter(link -> !link.name().equals(wanted.name()))
        .ifPresent(link -> where.rename(link, wanted.name()));
    return far;
  }

  /** Whether the far end is there as it was made. */
  public static boolean isThere(RouteSocket where, Link near, FarEnd wanted) {
    return where
        .link(wanted.name())
        .filter(far -> far.kind().equals(VETH) && far.lower() == near.index())
        .filter(far -> far.mac().equals(wanted.mac()))
        .isPresent();
  }

  /** Whether the pair has the far end inside the function's namespace as it was made. */
  public static boolean isThere(Link near, Attachment.FunctionInterface function) {
    NetworkNamespace namespace = NetworkNamespace.named(function.namespace());
    if (!namespace.exists()) {
      return false;
    }
    try (RouteSocket inside = namespace.routeSocket()) {
      return isThere(inside, near, farEnd(function));
    }
  }

  /** Whether the machine's stack has its end as it was made: up, and with its address. */
  public boolean isThere(Link near, Attachment.HostStack stack) {
    String name = marks.hostSideOf(stack);
    return isThere(route, near, new FarEnd(name, macOf(stack)))
        && route.link(name).filter(Link::up).isPresent()
        && fixed(stack).filter(address -> !route.holds(inet(address))).isEmpty()
        && Ipv6Autoconfiguration.isOff(name);
  }

  /** Whether the pair of a tunnel has its other end as it was made. */
  public boolean isThereForGre(Link near, String identity) {
    String name = marks.tunnelSideOf(identity);
    return isThere(route, near, new FarEnd(name, marks.macOf(name).toString()))
        && near.longestPacket() == LONGEST_PACKET
        && route
            .link(name)
            .filter(far -> far.up() && far.longestPacket() == LONGEST_PACKET)
            .isPresent();
  }

  private static FarEnd farEnd(Attachment.FunctionInterface function) {
    return new FarEnd(function.interfaceName(), function.mac().toString());
  }

  /**
   * Gives an interface that the switch made its name and its mark again, if somebody took them.
   *
   * @param index of the interface, if it is there
   */
  public void identify(int index, String name, String mark) {
    Optional<Link> link = route.link(index);
    link.filter(present -> !present.name().equals(name))
        .ifPresent(present -> route.rename(present, name));
    link.filter(present -> !present.alias().equals(mark) && !marks.isOurs(present))
        .ifPresent(present -> route.markSilent(present, mark));
  }

  /** Both ends, when the switch has its own. */
  public void bringUp(Attachment.HostStack attachment) {
    String hostSide = marks.hostSideOf(attachment);
    Ipv6Autoconfiguration.off(hostSide); // first: no router in a graph configures the machine
    route.up(marks.nameOf(attachment));
    fixed(attachment)
        .ifPresent(address -> route.setAddress(hostSide, inet(address), address.prefixLength()));
    route.up(hostSide);
  }

  /** The address that the machine has there whatever others say. */
  private static Optional<InterfaceAddress> fixed(Attachment.HostStack attachment) {
    return attachment
        .stack()
        .address()
        .filter(_ -> attachment.stack().configuration() == Addressing.STATIC);
  }

  private static InetAddress inet(InterfaceAddress address) {
    return InetAddress.ofLiteral(address.address().toString());
  }

  /** The device for all VXLAN tunnels of a UDP port. */
  public Link vxlan(int port) {
    String name = marks.nameOfVxlan(port);
    Optional<Link> present = route.link(name);
    present.ifPresent(marks::requireOurs);
    return present.orElseGet(() -> newVxlan(name, port));
  }

  /** The pair of a GRE tunnel, of which this end shall be a port. */
  public Link gre(String identity) {
    String far = marks.tunnelSideOf(identity);
    Link pair =
        route
            .link(marks.nameOfGre(identity))
            .filter(present -> present.alias().equals(marks.markOfGre(identity)))
            .filter(present -> hasFarEnd(present, new FarEnd(far, marks.macOf(far).toString())))
            .orElseGet(() -> newGre(identity));
    for (Link end : List.of(pair, route.link(far).orElseThrow())) {
      if (end.longestPacket() != LONGEST_PACKET) {
        route.longestPacket(end, LONGEST_PACKET);
      }
    }
    return pair;
  }

  /** Outer headers come on top of frames of any length. */
  private Link newGre(String identity) {
    String name = marks.nameOfGre(identity);
    makeRoom.accept(name);
    String far = marks.tunnelSideOf(identity);
    Link made = route.createVeth(name, far, marks.macOf(far).toString());
    Link peer = route.link(far).orElseThrow();
    route.markSilent(peer, marks.markOfGre(identity));
    route.markSilent(made, marks.markOfGre(identity));
    return made;
  }

  private Link newVxlan(String name, int port) {
    Link made = createVxlan(name, port);
    route.markSilent(made, marks.markOfVxlan(port));
    return made;
  }

  private Link createVxlan(String name, int port) {
    try {
      return route.createVxlan(name, port);
    } catch (KernelException e) {
      if (e.errno() == Errno.EEXIST) {
        throw Problem.of(
                Problem.Code.CONFLICT, "somebody else has a VXLAN device at UDP port " + port)
            .next("use another port")
            .asException();
      }
      throw e;
    }
  }

  private Link newPair(Attachment.HostStack attachment, String mac) {
    String name = marks.nameOf(attachment);
    makeRoom.accept(name);
    Link made = route.createVeth(name, marks.hostSideOf(attachment), mac);
    route.markSilent(made, marks.markOf(attachment));
    return made;
  }

  /** Its peer may be in a namespace of that name which is gone and takes its time to die. */
  private boolean isWhole(Link link, Attachment.FunctionInterface function) {
    if (!link.alias().equals(marks.markOf(function))) {
      marks.requireOurs(link);
      return false;
    }
    NetworkNamespace namespace = NetworkNamespace.named(function.namespace());
    if (!namespace.exists()) {
      return false;
    }
    try (RouteSocket inside = namespace.routeSocket()) {
      return mended(inside, link, farEnd(function)).isPresent();
    }
  }
}
