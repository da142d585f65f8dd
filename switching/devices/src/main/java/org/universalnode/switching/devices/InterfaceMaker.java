package org.universalnode.switching.devices;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.universalnode.linux.Errno;
import org.universalnode.linux.Ipv6Autoconfiguration;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.EndPoint.Addressing;
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

  /** A veth whose peer is in the function's namespace. */
  public Link veth(Attachment.FunctionInterface function) {
    String name = marks.nameOf(function);
    Optional<Link> present = route.link(name);
    if (present.isPresent() && isWhole(present.get(), function)) {
      return present.get();
    }
    present.ifPresent(link -> makeRoom.accept(name));
    NetworkNamespace namespace = NetworkNamespace.named(function.namespace());
    String mac = function.mac().toString();
    Link made = route.createVeth(new Veth(name, function.interfaceName(), mac, namespace));
    route.markSilent(made, marks.markOf(function));
    return made;
  }

  /** A veth whose peer the machine's stack has; a pair with other addresses is made anew. */
  public Link pair(Attachment.HostStack stack) {
    return route
        .link(marks.nameOf(stack))
        .filter(present -> present.alias().equals(marks.markOf(stack)))
        .filter(present -> route.link(marks.hostSideOf(stack)).isPresent())
        .orElseGet(() -> newPair(stack));
  }

  /** Both ends, when the switch has its own. */
  public void bringUp(Attachment.HostStack attachment) {
    String hostSide = marks.hostSideOf(attachment);
    Ipv6Autoconfiguration.off(hostSide); // first: no router in a graph configures the machine
    route.up(marks.nameOf(attachment));
    attachment
        .stack()
        .address()
        .filter(address -> attachment.stack().configuration() == Addressing.STATIC)
        .ifPresent(
            address ->
                route.setAddress(
                    hostSide,
                    InetAddress.ofLiteral(address.address().toString()),
                    address.prefixLength()));
    route.up(hostSide);
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
    return route
        .link(marks.nameOfGre(identity))
        .filter(present -> present.alias().equals(marks.markOfGre(identity)))
        .filter(present -> route.link(marks.tunnelSideOf(identity)).isPresent())
        .orElseGet(() -> newGre(identity));
  }

  /** Outer headers come on top of frames of any length. */
  private Link newGre(String identity) {
    String name = marks.nameOfGre(identity);
    makeRoom.accept(name);
    String far = marks.tunnelSideOf(identity);
    Link made = route.createVeth(name, far, marks.macOf(far).toString());
    Link peer = route.link(far).orElseThrow();
    route.longestPacket(made, LONGEST_PACKET);
    route.longestPacket(peer, LONGEST_PACKET);
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

  private Link newPair(Attachment.HostStack attachment) {
    String name = marks.nameOf(attachment);
    makeRoom.accept(name);
    String mac = attachment.stack().mac().orElseGet(() -> marks.macOf(attachment)).toString();
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
    try (RouteSocket inside = NetworkNamespace.named(function.namespace()).routeSocket()) {
      return inside.link(function.interfaceName()).isPresent();
    }
  }
}
