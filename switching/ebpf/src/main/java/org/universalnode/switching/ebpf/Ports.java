package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.Veth;
import org.universalnode.problem.Problem;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;

/** Ports that are network devices. A port's number is its device's interface index. */
final class Ports implements AutoCloseable {
  private static final int FORWARD = 0;
  private static final int INTO_FUNCTION = 1;

  /** Flag of a device whose place for filters was made by us. */
  private static final int OUR_PLACE = 2;

  /** Flags of a host's interface for what it was not when it was given to the switch. */
  private static final int OUR_PROMISCUITY = 4;

  private static final int OUR_UP = 8;
  private static final int LONGEST_ALIAS = 255;

  private static final int NAME_DIGEST_BYTES = 6;

  private final String node;
  private final DataPlane plane;
  private final RouteSocket route = RouteSocket.open();
  private final TrafficControl traffic = TrafficControl.open();

  /** Opening makes every port that is there run today's program. */
  Ports(String node, DataPlane plane) {
    this.node = node;
    this.plane = plane;
    for (AttachedPort port : all()) {
      route
          .link(port.switchInterface())
          .ifPresent(link -> traffic.attach(link, plane.program(), owner()));
    }
  }

  AttachedPort create(LsiId lsi, Attachment attachment) {
    return switch (attachment) {
      case Attachment.HostInterface(String name) -> {
        Link link = route.link(name).orElseThrow(() -> missing(name).asException());
        yield attach(lsi, link, FORWARD);
      }
      case Attachment.FunctionInterface function -> {
        Link link = veth(function);
        AttachedPort port = attach(lsi, link, INTO_FUNCTION);
        route.up(link); // only now, so that not one frame reaches the host's own stack
        yield port;
      }
    };
  }

  void delete(Attachment attachment) {
    switch (attachment) {
      case Attachment.HostInterface(String name) -> detach(name);
      case Attachment.FunctionInterface function -> removeVeth(switchSide(function.identity()));
    }
  }

  void deleteAll(LsiId lsi) {
    for (AttachedPort port : all()) {
      if (port.port().lsi().equals(lsi)) {
        removeByName(port.switchInterface());
      }
    }
  }

  /**
   * Ports in the kernel's map; those whose device is gone are dropped from it. The map is read
   * first and each device that a list lacks is looked for alone, because others make ports
   * meanwhile.
   */
  List<AttachedPort> all() {
    List<ByteBuffer> keys = plane.devices().keys();
    Map<Integer, Link> links = new HashMap<>();
    route.links().forEach(link -> links.put(link.index(), link));
    List<AttachedPort> ports = new ArrayList<>();
    for (ByteBuffer key : keys) {
      Optional<Link> link =
          Optional.ofNullable(links.get(key.getInt(0))).or(() -> route.link(key.getInt(0)));
      if (link.isEmpty()) {
        plane.devices().remove(key);
      } else {
        plane.devices().get(key).ifPresent(device -> ports.add(port(lsiOf(device), link.get())));
      }
    }
    return ports;
  }

  @Override
  public void close() {
    route.close();
    traffic.close();
  }

  private Link veth(Attachment.FunctionInterface function) {
    String name = switchSide(function.identity());
    Optional<Link> present = route.link(name);
    if (present.isPresent() && isWhole(present.get(), function)) {
      return present.get();
    }
    present.ifPresent(link -> route.deleteLink(name));
    NetworkNamespace namespace = NetworkNamespace.named(function.namespace());
    String mac = function.mac().toString();
    Link made = route.createVeth(new Veth(name, function.interfaceName(), mac, namespace));
    route.markSilent(made, mark(function.identity()));
    return made;
  }

  /** Its peer may be in a namespace of that name which is gone and takes its time to die. */
  private boolean isWhole(Link link, Attachment.FunctionInterface function) {
    if (!link.alias().equals(mark(function.identity()))) {
      requireOurs(link);
      return false;
    }
    try (RouteSocket inside = NetworkNamespace.named(function.namespace()).routeSocket()) {
      return inside.link(function.interfaceName()).isPresent();
    }
  }

  /** Whoever has the name by accident keeps it; an unmarked one is what a crash left of ours. */
  private void requireOurs(Link link) {
    boolean unmarked = link.alias().isEmpty() && link.kind().equals("veth") && !link.up();
    if (!unmarked && !link.alias().startsWith(mark(""))) {
      throw Problem.of(
              Problem.Code.CONFLICT, "the interface " + link.name() + " is somebody else's")
          .next("rename it")
          .asException();
    }
  }

  private AttachedPort attach(LsiId lsi, Link link, int delivery) {
    int earlier = flags(link);
    boolean made = traffic.attach(link, plane.program(), owner());
    int ours = made ? earlier | OUR_PLACE : earlier;
    if (delivery == FORWARD) {
      ours |= (link.promiscuous() ? 0 : OUR_PROMISCUITY) | (link.up() ? 0 : OUR_UP);
    }
    ByteBuffer device = plane.devices().value().putInt(lsi.number()).putInt(delivery | ours);
    plane.devices().put(key(link), device);
    if (delivery == FORWARD) {
      open(link);
    }
    return port(lsi, link);
  }

  /**
   * Makes a host's interface take frames for all addresses, because functions behind it have
   * addresses of their own. What it was before is written down by then.
   */
  private void open(Link link) {
    if (!link.promiscuous()) {
      route.promiscuous(link, true);
    }
    if (!link.up()) {
      route.up(link);
    }
  }

  private int flags(Link link) {
    return plane.devices().get(key(link)).map(device -> device.getInt(4)).orElse(0);
  }

  private void removeByName(String name) {
    boolean ours = route.link(name).filter(link -> link.alias().startsWith(mark(""))).isPresent();
    if (ours) {
      removeVeth(name);
    } else {
      detach(name);
    }
  }

  private void removeVeth(String name) {
    route
        .link(name)
        .ifPresent(
            link -> {
              requireOurs(link);
              plane.devices().remove(key(link));
              route.deleteLink(name);
            });
  }

  /** Gives an interface back as it was. A place for filters that somebody uses by now stays. */
  private void detach(String name) {
    route.link(name).ifPresent(this::detach);
  }

  private void detach(Link link) {
    if (plane.devices().get(key(link)).isEmpty()) {
      return; // never ours
    }
    int flags = flags(link);
    if ((flags & OUR_PROMISCUITY) != 0) {
      route.promiscuous(link, false);
    }
    if ((flags & OUR_UP) != 0) {
      route.down(link);
    }
    boolean place = (flags & OUR_PLACE) != 0 && !traffic.hasOthers(link);
    traffic.detach(link, owner(), place);
    plane.devices().remove(key(link));
  }

  private ByteBuffer key(Link link) {
    return plane.devices().key().putInt(link.index());
  }

  private static LsiId lsiOf(ByteBuffer device) {
    return new LsiId(device.getInt(0));
  }

  private static AttachedPort port(LsiId lsi, Link link) {
    return new AttachedPort(new LsiPort(lsi, link.index()), link.name());
  }

  private String owner() {
    return "universal-node/" + node;
  }

  /** What a link of ours says of itself, within the kernel's 255 bytes. */
  private String mark(String identity) {
    String mark = owner() + "/" + identity;
    while (mark.getBytes(StandardCharsets.UTF_8).length > LONGEST_ALIAS) {
      mark = mark.substring(0, mark.offsetByCodePoints(mark.length(), -1));
    }
    return mark;
  }

  /** A name within the kernel's 15 characters, however many graphs there are. */
  private String switchSide(String identity) {
    byte[] digest = Digest.of(owner() + "/" + identity, NAME_DIGEST_BYTES);
    return "un" + HexFormat.of().formatHex(digest);
  }

  private static Problem missing(String name) {
    return Problem.of(
            Problem.Code.UNKNOWN_REFERENCE, "there is no interface \"" + name + "\" on this node")
        .next("create it, or name one that exists");
  }
}
