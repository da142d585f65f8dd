package org.universalnode.switching.ebpf;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.universalnode.linux.Errno;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.Offloads;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.MacAddress;
import org.universalnode.problem.Problem;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.ebpf.PortTable.Kind;

/** Ports that are network devices. */
final class Ports implements AutoCloseable {
  /** Flag of a device whose place for filters was made by us. */
  private static final int OUR_PLACE = 2;

  /** Flags of a host's interface for what it was not when it was given to the switch. */
  private static final int OUR_PROMISCUITY = 4;

  private static final int OUR_UP = 8;

  private static final int OUR_JOINING = 16;

  /** TUNNEL_DEVICE of the data plane: the frames of the device belong to many ports. */
  private static final int TUNNELS = 0x10000;

  private static final int LONGEST_ALIAS = 255;

  private static final int NAME_DIGEST_BYTES = 6;

  private final String node;
  private final DataPlane plane;
  private final PortTable numbers;
  private final RouteSocket route = RouteSocket.open();
  private final TrafficControl traffic = TrafficControl.open();
  private final Offloads offloads = Offloads.open();

  /** What the kernel's map has, by interface index. */
  private final Map<Integer, Device> known = new ConcurrentHashMap<>();

  /** A device of the switch, as the kernel's map has it. */
  private record Device(int port, LsiId lsi, int flags) {}

  /** Opening makes every port that is there run today's program. */
  Ports(String node, DataPlane plane, PortTable numbers) {
    this.node = node;
    this.plane = plane;
    this.numbers = numbers;
    for (ByteBuffer key : plane.devices.keys()) {
      device(key).ifPresent(device -> known.put(key.getInt(0), device));
    }
    known.values().forEach(device -> numbers.take(device.port()));
    for (ByteBuffer key : plane.devices.keys()) {
      route.link(key.getInt(0)).ifPresent(link -> traffic.attach(link, plane.program(), owner()));
    }
  }

  AttachedPort create(LsiId lsi, Attachment attachment) {
    return switch (attachment) {
      case Attachment.HostInterface(String name) -> {
        Link link = route.link(name).orElseThrow(() -> missing(name).asException());
        yield attach(lsi, link, Kind.DEVICE);
      }
      case Attachment.FunctionInterface function -> {
        Link link = veth(function);
        AttachedPort port = attach(lsi, link, Kind.FUNCTION);
        route.up(link); // only now, so that not one frame reaches the host's own stack
        yield port;
      }
      case Attachment.HostStack stack -> hostStack(lsi, stack);
      case Attachment.Group _, Attachment.Tunnel _ ->
          throw new IllegalArgumentException("it has no device of its own: " + attachment);
    };
  }

  /** The device for all VXLAN tunnels of a UDP port. */
  Link vxlan(int port) {
    String name = switchSide("vxlan/" + port);
    Optional<Link> present = route.link(name);
    present.ifPresent(this::requireOurs);
    Link link = present.orElseGet(() -> newVxlan(name, port));
    traffic.attach(link, plane.program(), owner());
    plane.devices.put(
        key(link), plane.devices.value().putInt(0).putInt(LsiId.BASE.number()).putInt(TUNNELS));
    route.up(link);
    return link;
  }

  /** The ports of an LSI, without a look at their devices. */
  List<LsiPort> of(LsiId lsi) {
    return known.values().stream()
        .filter(device -> device.lsi().equals(lsi) && device.port() != 0)
        .map(device -> new LsiPort(lsi, device.port()))
        .toList();
  }

  boolean knowsVxlan() {
    return route.knowsVxlan();
  }

  void removeVxlan(int index) {
    route.link(index).ifPresent(link -> route.deleteLink(link.name()));
    plane.devices.remove(plane.devices.key().putInt(index));
  }

  private Link newVxlan(String name, int port) {
    Link made = createVxlan(name, port);
    route.markSilent(made, mark("vxlan/" + port));
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

  /** The stack's side has a name and an address that stay the same. */
  private AttachedPort hostStack(LsiId lsi, Attachment.HostStack attachment) {
    String name = switchSide(attachment.identity());
    String hostSide = hostSide(attachment.identity());
    Link link =
        route
            .link(name)
            .filter(present -> route.link(hostSide).isPresent())
            .orElseGet(() -> newPair(name, hostSide, attachment));
    AttachedPort port = attach(lsi, link, Kind.DEVICE);
    route.up(link);
    attachment
        .stack()
        .address()
        .filter(address -> attachment.stack().configuration() == EndPoint.Addressing.STATIC)
        .ifPresent(
            address ->
                route.setAddress(
                    hostSide,
                    InetAddress.ofLiteral(address.address().toString()),
                    address.prefixLength()));
    route.up(hostSide);
    return port;
  }

  private Link newPair(String name, String hostSide, Attachment.HostStack attachment) {
    route.link(name).ifPresent(this::requireOurs);
    route.deleteLink(name);
    String mac = attachment.stack().mac().map(MacAddress::toString).orElseGet(() -> mac(hostSide));
    Link made = route.createVeth(name, hostSide, mac);
    route.markSilent(made, mark(attachment.identity()));
    return made;
  }

  /** A locally administered address that follows from the name. */
  private String mac(String name) {
    long digest = ByteBuffer.wrap(Digest.of(owner() + "/" + name, Long.BYTES)).getLong();
    return new MacAddress((digest & 0xfcffffffffffL) | 0x020000000000L).toString();
  }

  /** The port that was there. */
  Optional<LsiPort> delete(Attachment attachment) {
    return switch (attachment) {
      case Attachment.HostInterface(String name) -> detach(name);
      case Attachment.FunctionInterface function -> removeVeth(switchSide(function.identity()));
      case Attachment.HostStack stack -> removeVeth(switchSide(stack.identity()));
      case Attachment.Group _, Attachment.Tunnel _ -> Optional.empty();
    };
  }

  void delete(LsiPort port) {
    all().stream()
        .filter(attached -> attached.port().equals(port))
        .forEach(attached -> removeByName(attached.switchInterface()));
  }

  /** The ports that were there. */
  List<LsiPort> deleteAll(LsiId lsi) {
    List<LsiPort> gone = new ArrayList<>();
    for (AttachedPort port : all()) {
      if (port.port().lsi().equals(lsi)) {
        removeByName(port.switchInterface()).ifPresent(gone::add);
      }
    }
    return gone;
  }

  /**
   * Ports in the kernel's map; those whose device is gone are dropped from it. The map is read
   * first and each device that a list lacks is looked for alone, because others make ports
   * meanwhile.
   */
  List<AttachedPort> all() {
    List<ByteBuffer> keys = plane.devices.keys();
    Map<Integer, Link> links = new HashMap<>();
    route.links().forEach(link -> links.put(link.index(), link));
    List<AttachedPort> ports = new ArrayList<>();
    for (ByteBuffer key : keys) {
      Optional<Link> link =
          Optional.ofNullable(links.get(key.getInt(0))).or(() -> route.link(key.getInt(0)));
      if (link.isEmpty()) {
        device(key).ifPresent(device -> drop(key, device));
      } else {
        device(key)
            .filter(device -> device.port() != 0)
            .ifPresent(device -> ports.add(port(device, link.get())));
      }
    }
    return ports;
  }

  @Override
  public void close() {
    route.close();
    traffic.close();
    offloads.close();
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

  private AttachedPort attach(LsiId lsi, Link link, Kind kind) {
    Optional<Device> present = device(key(link));
    boolean made = traffic.attach(link, plane.program(), owner());
    int flags = present.map(Device::flags).orElse(0) | (made ? OUR_PLACE : 0);
    if (kind == Kind.DEVICE) {
      flags |= (link.promiscuous() ? 0 : OUR_PROMISCUITY) | (link.up() ? 0 : OUR_UP);
      flags |= offloads.joinsPackets(link) ? 0 : OUR_JOINING;
    }
    int number = present.map(Device::port).orElseGet(numbers::allocate);
    numbers.lead(number, kind, link.index());
    plane.devices.put(
        key(link), plane.devices.value().putInt(number).putInt(lsi.number()).putInt(flags));
    if (kind == Kind.DEVICE) {
      open(link);
    }
    Device device = new Device(number, lsi, flags);
    known.put(link.index(), device);
    return port(device, link);
  }

  /**
   * Makes a host's interface take frames for all addresses, because functions behind it have
   * addresses of their own, and join packets of one stream, so that a walk serves many of them.
   * What it was before is written down by then.
   */
  private void open(Link link) {
    if (!offloads.joinsPackets(link)) {
      offloads.joinPackets(link, true);
    }
    if (!link.promiscuous()) {
      route.promiscuous(link, true);
    }
    if (!link.up()) {
      route.up(link);
    }
  }

  private Optional<Device> device(ByteBuffer key) {
    return plane
        .devices
        .get(key)
        .map(d -> new Device(d.getInt(0), new LsiId(d.getInt(4)), d.getInt(8)));
  }

  private LsiPort drop(ByteBuffer key, Device device) {
    plane.devices.remove(key);
    known.remove(key.getInt(0));
    numbers.release(device.port());
    return new LsiPort(device.lsi(), device.port());
  }

  private Optional<LsiPort> removeByName(String name) {
    boolean ours = route.link(name).filter(link -> link.alias().startsWith(mark(""))).isPresent();
    return ours ? removeVeth(name) : detach(name);
  }

  private Optional<LsiPort> removeVeth(String name) {
    Optional<Link> link = route.link(name);
    link.ifPresent(this::requireOurs);
    Optional<LsiPort> port =
        link.flatMap(present -> device(key(present)).map(device -> drop(key(present), device)));
    link.ifPresent(present -> route.deleteLink(name));
    return port;
  }

  /** Gives an interface back as it was. A place for filters that somebody uses by now stays. */
  private Optional<LsiPort> detach(String name) {
    return route.link(name).flatMap(link -> device(key(link)).map(device -> detach(link, device)));
  }

  private LsiPort detach(Link link, Device device) {
    if ((device.flags() & OUR_PROMISCUITY) != 0) {
      route.promiscuous(link, false);
    }
    if ((device.flags() & OUR_JOINING) != 0) {
      offloads.joinPackets(link, false);
    }
    if ((device.flags() & OUR_UP) != 0) {
      route.down(link);
    }
    boolean place = (device.flags() & OUR_PLACE) != 0 && !traffic.hasOthers(link);
    traffic.detach(link, owner(), place);
    return drop(key(link), device);
  }

  private ByteBuffer key(Link link) {
    return plane.devices.key().putInt(link.index());
  }

  private static AttachedPort port(Device device, Link link) {
    LsiPort port = new LsiPort(device.lsi(), device.port());
    return new AttachedPort(port, link.name(), link.index());
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

  private String hostSide(String identity) {
    byte[] digest = Digest.of(owner() + "/" + identity, NAME_DIGEST_BYTES);
    return "uh" + HexFormat.of().formatHex(digest);
  }

  private static Problem missing(String name) {
    return Problem.of(
            Problem.Code.UNKNOWN_REFERENCE, "there is no interface \"" + name + "\" on this node")
        .next("create it, or name one that exists");
  }
}
