package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.universalnode.linux.Link;
import org.universalnode.linux.Offloads;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.nffg.EndPoint;
import org.universalnode.problem.Problem;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.devices.InterfaceMaker;
import org.universalnode.switching.devices.Marks;
import org.universalnode.switching.ebpf.PortTable.Kind;

/** Ports that are network devices. */
final class Ports implements AutoCloseable {
  /** Flags of a host's interface for what it was not when it was given to the switch. */
  private static final int OUR_PROMISCUITY = 4;

  /** In the first layout: the place for filters is ours. */
  private static final int PLACE_BEFORE = 2;

  private static final int OUR_UP = 8;

  private static final int OUR_JOINING = 16;

  /** TUNNEL_DEVICE of the data plane: the frames of the device belong to many ports. */
  private static final int TUNNELS = 0x10000;

  private final Marks marks;
  private final DataPlane plane;
  private final PortTable numbers;
  private final RouteSocket route = RouteSocket.open();
  private final Filters filters;
  private final Offloads offloads = Offloads.open();
  private final InterfaceMaker maker;

  /** Links that still run a predecessor's program, with its flags. */
  private final Map<Integer, Integer> waiting = new ConcurrentHashMap<>();

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

  /** Opening makes every port that is there run today's program, but those of a predecessor. */
  Ports(Marks marks, DataPlane plane, PortTable numbers, Filters filters) {
    this.marks = marks;
    this.filters = filters;
    this.maker = new InterfaceMaker(route, marks, this::makeRoom);
    this.plane = plane;
    this.numbers = numbers;
    filters.forgetStrangers(route);
    plane.predecessor().ifPresent(before -> waiting.putAll(before.flags()));
    plane.devices.keys().forEach(this::adopt);
    new Strays(route, marks)
        .remove(index -> known.containsKey(index) || waiting.containsKey(index));
  }

  /** A device that is gone by now leaves the map. */
  private void adopt(ByteBuffer key) {
    Optional<Link> link = route.link(key.getInt(0));
    if (link.isEmpty()) {
      plane.devices.remove(key);
      return;
    }
    runProgram(link.get());
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
        // It may have been plugged in again, as another device of the same name.
        indexOf(name)
            .filter(index -> index != link.index())
            .flatMap(this::dropGone)
            .ifPresent(lost::add);
        yield attach(lsi, link, Kind.DEVICE);
      }
      case Attachment.FunctionInterface function -> {
        Link link = maker.veth(function);
        AttachedPort port = attach(lsi, link, Kind.FUNCTION);
        route.up(link); // only now, so that not one frame reaches the host's own stack
        yield port;
      }
      case Attachment.HostStack stack -> {
        AttachedPort port = attach(lsi, maker.pair(stack), Kind.DEVICE);
        maker.bringUp(stack);
        yield port.towards(marks.hostSideOf(stack));
      }
      case Attachment.Tunnel(String identity, EndPoint.Kind.GreTunnel _) ->
          attach(lsi, maker.gre(identity), Kind.DEVICE);
      case Attachment.Group _, Attachment.Tunnel _ ->
          throw new IllegalArgumentException("it has no device of its own: " + attachment);
    };
  }

  /** The pair of a GRE tunnel, which is no port yet. */
  Link gre(String identity) {
    return maker.gre(identity);
  }

  /** The device for all VXLAN tunnels of a UDP port. */
  Link vxlan(int port) {
    Link link = maker.vxlan(port);
    runProgram(link);
    plane.devices.put(
        key(link), plane.devices.value().putInt(0).putInt(LsiId.BASE.number()).putInt(TUNNELS));
    known.put(link.index(), new Device(0, LsiId.BASE, TUNNELS, link.name()));
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
            filters.forget(index);
            known.remove(index);
          }
        });
  }

  /** The port that was there. */
  Optional<LsiPort> delete(Attachment attachment) {
    return switch (attachment) {
      case Attachment.HostInterface(String name) -> detach(name);
      case Attachment.FunctionInterface function -> removeVeth(marks.nameOf(function));
      case Attachment.HostStack stack -> removeVeth(marks.nameOf(stack));
      case Attachment.Tunnel(String identity, EndPoint.Kind.GreTunnel _) ->
          removeVeth(marks.nameOfGre(identity));
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
    offloads.close();
  }

  /** Removes what has the name and is not what is wanted, with its port. */
  private void makeRoom(String name) {
    route.link(name).ifPresent(marks::requireOurs);
    route.deleteLink(name);
    indexOf(name).flatMap(this::dropGone).ifPresent(lost::add);
  }

  /**
   * Hands frames over from the predecessor, link by link: each frame meets the one program or the
   * other. What nobody asked for since the opening goes.
   */
  void settle() {
    List<RuntimeException> failures = new ArrayList<>();
    waiting.forEach(
        (index, flags) -> {
          waiting.remove(index);
          try {
            route.link(index).ifPresent(link -> settle(link, flags));
          } catch (RuntimeException e) {
            if (route.link(index).isPresent()) { // else it went meanwhile
              waiting.put(index, flags);
              failures.add(e);
            }
          }
        });
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    plane.predecessor().ifPresent(Predecessor::remove);
  }

  private void settle(Link link, int flags) {
    if ((flags & PLACE_BEFORE) != 0) {
      filters.own(link);
    }
    if (known.containsKey(link.index())) {
      runProgram(link);
    } else if (marks.isOurs(link)) {
      route.deleteLink(link.name());
    } else {
      giveBack(link, new Device(0, LsiId.BASE, flags, link.name()));
    }
  }

  private void runProgram(Link link) {
    if (!waiting.containsKey(link.index())) {
      filters.attach(link, Hook.INGRESS, plane.program());
    }
  }

  /** Ports that were dropped on the way, since this was asked last. */
  List<LsiPort> takeLost() {
    List<LsiPort> taken = new ArrayList<>();
    for (LsiPort port = lost.poll(); port != null; port = lost.poll()) {
      taken.add(port);
    }
    return taken;
  }

  private AttachedPort attach(LsiId lsi, Link link, Kind kind) {
    Optional<Device> present = Optional.ofNullable(known.get(link.index()));
    runProgram(link);
    int flags = present.map(Device::flags).orElse(waiting.getOrDefault(link.index(), 0));
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

  private Optional<LsiPort> dropGone(int index) {
    filters.forget(index);
    return drop(index);
  }

  private Optional<LsiPort> drop(int index) {
    waiting.remove(index);
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
    boolean ours = route.link(name).filter(marks::isOurs).isPresent();
    return ours ? removeVeth(name) : detach(name);
  }

  /** The device goes first: while it is there its frames are the switch's, not the machine's. */
  private Optional<LsiPort> removeVeth(String name) {
    Optional<Link> link = route.link(name);
    link.ifPresent(marks::requireOurs);
    link.ifPresent(present -> route.deleteLink(name));
    return indexOf(name).flatMap(this::dropGone);
  }

  /** Gives an interface back as it was, if it is still there. */
  private Optional<LsiPort> detach(String name) {
    Optional<Integer> index = indexOf(name);
    index
        .flatMap(route::link)
        .ifPresent(link -> giveBack(link, Objects.requireNonNull(known.get(link.index()))));
    return index.flatMap(this::drop);
  }

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
    filters.detach(link, Hook.INGRESS);
  }

  private ByteBuffer key(Link link) {
    return plane.devices.key().putInt(link.index());
  }

  private AttachedPort port(Device device, Link link) {
    return new AttachedPort(
        device.number(), link.name(), link.index(), !Marks.isMadeName(link.name()));
  }

  private static Problem missing(String name) {
    return Problem.of(
            Problem.Code.UNKNOWN_REFERENCE, "there is no interface \"" + name + "\" on this node")
        .next("create it, or name one that exists");
  }
}
