package org.universalnode.switching.ebpf;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
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

  /** Kinds of identity, so that those of one kind never meet those of another. */
  private static final String FUNCTION = "function:";

  private static final String STACK = "stack:";

  /** How the names of interfaces begin that the driver makes; twelve digits of a digest follow. */
  private static final String OURS = "un";

  private static final int NAME_DIGEST_BYTES = 6;

  private final String node;
  private final DataPlane plane;
  private final PortTable numbers;
  private final RouteSocket route = RouteSocket.open();
  private final TrafficControl traffic = TrafficControl.open();
  private final Offloads offloads = Offloads.open();

  private final Queue<LsiPort> lost = new ConcurrentLinkedQueue<>();

  /** What the kernel's map has, by interface index. */
  private final Map<Integer, Device> known = new ConcurrentHashMap<>();

  /**
   * A device of the switch, as the kernel's map has it.
   *
   * @param name of its interface, which may be gone
   */
  private record Device(int port, LsiId lsi, int flags, String name) {
    LsiPort number() {
      return new LsiPort(lsi, port);
    }
  }

  /** Opening makes every port that is there run today's program. */
  Ports(String node, DataPlane plane, PortTable numbers) {
    this.node = node;
    this.plane = plane;
    this.numbers = numbers;
    plane.devices.keys().forEach(this::adopt);
  }

  /** A device that is gone by now leaves the map. */
  private void adopt(ByteBuffer key) {
    Optional<Link> link = route.link(key.getInt(0));
    if (link.isEmpty()) {
      plane.devices.remove(key);
      return;
    }
    traffic.attach(link.get(), plane.program(), owner());
    Optional<ByteBuffer> value = plane.devices.get(key);
    value.ifPresent(
        d -> {
          LsiId lsi = new LsiId(d.getInt(4));
          Device device = new Device(d.getInt(0), lsi, d.getInt(8), link.get().name());
          known.put(link.get().index(), device);
          if (device.port() != 0) {
            numbers.take(device.number());
          }
        });
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
    String name = switchSide("vxlan:" + port);
    Optional<Link> present = route.link(name);
    present.ifPresent(this::requireOurs);
    Link link = present.orElseGet(() -> newVxlan(name, port));
    traffic.attach(link, plane.program(), owner());
    plane.devices.put(
        key(link), plane.devices.value().putInt(0).putInt(LsiId.BASE.number()).putInt(TUNNELS));
    known.put(link.index(), new Device(0, LsiId.BASE, TUNNELS, name));
    route.up(link);
    return link;
  }

  /** The ports of an LSI, without a look at their devices. */
  List<LsiPort> of(LsiId lsi) {
    return known.values().stream()
        .filter(device -> device.lsi().equals(lsi) && device.port() != 0)
        .map(Device::number)
        .toList();
  }

  boolean knowsVxlan() {
    return route.knowsVxlan();
  }

  /** Removes VXLAN devices that no tunnel uses. */
  void removeVxlanWithout(Set<Integer> used) {
    known.forEach(
        (index, device) -> {
          if ((device.flags() & TUNNELS) != 0 && !used.contains(index)) {
            route.link(index).ifPresent(link -> route.deleteLink(link.name()));
            plane.devices.remove(plane.devices.key().putInt(index));
            known.remove(index);
          }
        });
  }

  private Link newVxlan(String name, int port) {
    Link made = createVxlan(name, port);
    route.markSilent(made, mark("vxlan:" + port));
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
    String name = switchSide(STACK + attachment.identity());
    String hostSide = hostSide(attachment.identity());
    Link link =
        route
            .link(name)
            .filter(present -> present.alias().equals(stackMark(attachment)))
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
    makeRoom(name);
    String mac = attachment.stack().mac().map(MacAddress::toString).orElseGet(() -> mac(hostSide));
    Link made = route.createVeth(name, hostSide, mac);
    route.markSilent(made, stackMark(attachment));
    return made;
  }

  /** A pair whose addresses are to be others is made anew. */
  private String stackMark(Attachment.HostStack attachment) {
    byte[] digest = Digest.of(attachment.stack().toString(), NAME_DIGEST_BYTES);
    return mark(STACK + HexFormat.of().formatHex(digest) + "/" + attachment.identity());
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
      case Attachment.FunctionInterface function ->
          removeVeth(switchSide(FUNCTION + function.identity()));
      case Attachment.HostStack stack -> removeVeth(switchSide(STACK + stack.identity()));
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
    for (Device device : known.values()) {
      if (device.port() != 0 && device.lsi().equals(lsi)) {
        removeByName(device.name()).ifPresent(gone::add);
      }
    }
    return gone;
  }

  /** Lets go of ports whose device has vanished; they were there. */
  List<LsiPort> dropVanished() {
    Set<Integer> present = route.links().stream().map(Link::index).collect(Collectors.toSet());
    List<LsiPort> gone = new ArrayList<>();
    for (Map.Entry<Integer, Device> entry : known.entrySet()) {
      boolean vanished =
          entry.getValue().port() != 0
              && !present.contains(entry.getKey())
              && route.link(entry.getKey()).isEmpty();
      if (vanished) {
        drop(entry.getKey()).ifPresent(gone::add);
      }
    }
    return gone;
  }

  /** Ports whose device is there. */
  List<AttachedPort> all() {
    Map<Integer, Link> links = new HashMap<>();
    route.links().forEach(link -> links.put(link.index(), link));
    List<AttachedPort> ports = new ArrayList<>();
    known.forEach(
        (index, device) -> {
          // others make ports meanwhile, so each one that the list lacks is looked for alone
          Optional<Link> link = Optional.ofNullable(links.get(index)).or(() -> route.link(index));
          if (device.port() != 0) {
            link.ifPresent(present -> ports.add(port(device, present)));
          }
        });
    return ports;
  }

  @Override
  public void close() {
    route.close();
    traffic.close();
    offloads.close();
  }

  private Link veth(Attachment.FunctionInterface function) {
    String name = switchSide(FUNCTION + function.identity());
    Optional<Link> present = route.link(name);
    if (present.isPresent() && isWhole(present.get(), function)) {
      return present.get();
    }
    present.ifPresent(link -> makeRoom(name));
    NetworkNamespace namespace = NetworkNamespace.named(function.namespace());
    String mac = function.mac().toString();
    Link made = route.createVeth(new Veth(name, function.interfaceName(), mac, namespace));
    route.markSilent(made, mark(FUNCTION + function.identity()));
    return made;
  }

  /** Removes what has the name and is not what is wanted, with its port. */
  private void makeRoom(String name) {
    route.link(name).ifPresent(this::requireOurs);
    route.deleteLink(name);
    indexOf(name).flatMap(this::drop).ifPresent(lost::add);
  }

  /** Ports that were dropped on the way, since this was asked last. */
  List<LsiPort> takeLost() {
    List<LsiPort> taken = new ArrayList<>();
    for (LsiPort port = lost.poll(); port != null; port = lost.poll()) {
      taken.add(port);
    }
    return taken;
  }

  /** Its peer may be in a namespace of that name which is gone and takes its time to die. */
  private boolean isWhole(Link link, Attachment.FunctionInterface function) {
    if (!link.alias().equals(mark(FUNCTION + function.identity()))) {
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
    Optional<Device> present = Optional.ofNullable(known.get(link.index()));
    boolean made = traffic.attach(link, plane.program(), owner());
    int flags = present.map(Device::flags).orElse(0) | (made ? OUR_PLACE : 0);
    if (kind == Kind.DEVICE) {
      flags |= (link.promiscuous() ? 0 : OUR_PROMISCUITY) | (link.up() ? 0 : OUR_UP);
      flags |= offloads.joinsPackets(link) ? 0 : OUR_JOINING;
    }
    int number = present.map(Device::port).orElseGet(numbers::allocate);
    Device device = new Device(number, lsi, flags, link.name());
    numbers.lead(device.number(), kind, link.index());
    known.put(link.index(), device);
    plane.devices.put(
        key(link), plane.devices.value().putInt(number).putInt(lsi.number()).putInt(flags));
    if (kind == Kind.DEVICE) {
      open(link);
    }
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

  private Optional<LsiPort> drop(int index) {
    Device device = known.remove(index);
    if (device == null) {
      return Optional.empty();
    }
    plane.devices.remove(plane.devices.key().putInt(index));
    numbers.release(device.port());
    return Optional.of(device.number());
  }

  private Optional<Integer> indexOf(String name) {
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().port() != 0 && entry.getValue().name().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Optional<LsiPort> removeByName(String name) {
    boolean ours = route.link(name).filter(link -> link.alias().startsWith(mark(""))).isPresent();
    return ours ? removeVeth(name) : detach(name);
  }

  /** The device goes first: while it is there its frames are the switch's, not the machine's. */
  private Optional<LsiPort> removeVeth(String name) {
    Optional<Link> link = route.link(name);
    link.ifPresent(this::requireOurs);
    link.ifPresent(present -> route.deleteLink(name));
    return indexOf(name).flatMap(this::drop);
  }

  /** Gives an interface back as it was, if it is still there. */
  private Optional<LsiPort> detach(String name) {
    Optional<Integer> index = indexOf(name);
    index
        .flatMap(route::link)
        .ifPresent(link -> giveBack(link, Objects.requireNonNull(known.get(link.index()))));
    return index.flatMap(this::drop);
  }

  /** A place for filters that somebody uses by now stays. */
  private void giveBack(Link link, Device device) {
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
  }

  private ByteBuffer key(Link link) {
    return plane.devices.key().putInt(link.index());
  }

  private AttachedPort port(Device device, Link link) {
    boolean given = !link.name().matches(OURS + "[0-9a-f]{12}");
    return new AttachedPort(device.number(), link.name(), link.index(), given);
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
    return OURS + HexFormat.of().formatHex(digest);
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
