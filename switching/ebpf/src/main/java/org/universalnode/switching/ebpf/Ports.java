package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.linux.Link;
import org.universalnode.linux.Offloads;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.nffg.EndPoint;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.devices.AskedInterfaces;
import org.universalnode.switching.devices.InterfaceMaker;
import org.universalnode.switching.devices.Marks;
import org.universalnode.switching.ebpf.PortTable.Kind;

/** Ports that are network devices. */
final class Ports implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Ports.class.getName());

  /** TUNNEL_DEVICE of the data plane: the frames of the device belong to many ports. */
  private static final int TUNNELS = 0x10000;

  private final Marks marks;
  private final DataPlane plane;
  private final PortTable numbers;
  private final RouteSocket route = RouteSocket.open();
  private final Filters filters;
  private final Offloads offloads = Offloads.open();
  private final InterfaceMaker maker;
  private final GivenInterfaces given = new GivenInterfaces(route, offloads);
  private final Handover handover;
  private final Devices devices;
  private final AskedInterfaces asked;
  private final Succession succession;

  /** Opening makes every port that is there run today's program, but those of a predecessor. */
  Ports(Marks marks, DataPlane plane, PortTable numbers, Filters filters) {
    this.marks = marks;
    this.filters = filters;
    this.maker = new InterfaceMaker(route, marks, this::makeRoom);
    this.plane = plane;
    this.numbers = numbers;
    this.handover = plane.handover();
    this.devices = new Devices(plane.devices);
    this.asked = new AskedInterfaces(maker, this::isReady);
    this.succession = new Succession(plane, marks, route, filters, given, devices);
    handover.bequeath(filters);
    filters.forgetStrangers(route);
    plane.devices.keys().forEach(this::adopt);
    new Strays(route, marks).remove(index -> devices.has(index) || handover.waits(index));
  }

  Devices devices() {
    return devices;
  }

  AskedInterfaces asked() {
    return asked;
  }

  /** A device that is gone by now leaves the map. */
  private void adopt(ByteBuffer key) {
    Optional<Link> link = route.link(key.getInt(0));
    if (link.isEmpty()) {
      plane.devices.remove(key);
      return;
    }
    takeOver(link.get());
    devices
        .adopt(link.get())
        .filter(device -> device.port() != 0)
        .ifPresent(device -> numbers.take(device.number()));
  }

  /** Whoever asks for a port that can't be taken over hears why; the others go on. */
  private void takeOver(Link link) {
    try {
      runProgram(link);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, link.name() + " does not run today's program", e);
    }
  }

  AttachedPort create(LsiId lsi, Attachment attachment) {
    return switch (attachment) {
      case Attachment.HostInterface(String name) -> {
        Link link = route.link(name).orElseThrow(() -> GivenInterfaces.missing(name).asException());
        yield attach(lsi, link, Kind.DEVICE, attachment);
      }
      case Attachment.FunctionInterface function -> {
        identify(marks.nameOf(function), marks.markOf(function));
        Link link = maker.veth(function);
        // a short way leads past the near end, which makes frames whole
        Kind kind = function.whole() ? Kind.DEVICE : Kind.FUNCTION;
        AttachedPort port = attach(lsi, link, kind, attachment);
        if (link.fallen()) { // only now, so that not one frame reaches the host's own stack
          route.up(link);
        }
        yield port;
      }
      case Attachment.HostStack stack -> {
        identify(marks.nameOf(stack), marks.markOf(stack));
        AttachedPort port = attach(lsi, maker.pair(stack), Kind.DEVICE, attachment);
        maker.bringUp(stack);
        yield port.towards(marks.hostSideOf(stack));
      }
      case Attachment.Tunnel(String identity, EndPoint.Kind.GreTunnel _) ->
          attach(lsi, gre(identity), Kind.DEVICE, attachment);
      case Attachment.Group _, Attachment.Tunnel _, Attachment.FunctionSocket _ ->
          throw new IllegalArgumentException("it has no device of its own: " + attachment);
    };
  }

  /** What the switch made under that name may have another one, or another mark, by now. */
  private void identify(String name, String mark) {
    devices.indexOf(name).ifPresent(index -> maker.identify(index, name, mark));
  }

  /** The pair of a GRE tunnel, which is no port yet. */
  Link gre(String identity) {
    identify(marks.nameOfGre(identity), marks.markOfGre(identity));
    return maker.gre(identity);
  }

  /** The device for all VXLAN tunnels of the UDP port that this one has. */
  Link vxlan(Attachment.Tunnel attachment, int port) {
    identify(marks.nameOfVxlan(port), marks.markOfVxlan(port));
    Link link = maker.vxlan(port);
    runProgram(link);
    int flags = devices.get(link.index()).map(Device::flags).orElse(0);
    former(link).ifPresent(this::leave);
    devices.put(link, new Device(0, LsiId.BASE, flags | TUNNELS, link.name()));
    asked.put(LsiId.BASE, link, attachment);
    succession.handOver(link);
    route.up(link);
    return link;
  }

  /** The ports of an LSI, without a look at their devices. */
  List<LsiPort> of(LsiId lsi) {
    return devices.ports(lsi);
  }

  boolean knowsVxlan() {
    return route.knowsVxlan();
  }

  /** Removes VXLAN devices that no tunnel uses. */
  void removeVxlanWithout(Set<Integer> used) {
    devices
        .all()
        .forEach(
            (index, device) -> {
              if ((device.flags() & TUNNELS) != 0 && !used.contains(index)) {
                route.link(index).ifPresent(link -> route.deleteLink(link.name()));
                leave(index);
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
      case Attachment.Group _, Attachment.Tunnel _, Attachment.FunctionSocket _ -> Optional.empty();
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
    for (Device device : devices.all().values()) {
      if (device.port() != 0 && device.lsi().equals(lsi)) {
        removeByName(device.name()).ifPresent(gone::add);
      }
    }
    handover.waiting(lsi).forEach(succession::removeLeft);
    return gone;
  }

  /** Ports whose device is there. */
  List<AttachedPort> all() {
    Map<Integer, Link> links = new HashMap<>();
    route.links().forEach(link -> links.put(link.index(), link));
    List<AttachedPort> ports = new ArrayList<>();
    for (Map.Entry<Integer, Device> each : devices.all().entrySet()) {
      int index = each.getKey();
      // others make ports meanwhile, so each one that the list lacks is looked for alone
      Optional<Link> link = Optional.ofNullable(links.get(index)).or(() -> route.link(index));
      if (each.getValue().port() != 0) {
        link.ifPresent(present -> ports.add(port(each.getValue(), present)));
      }
    }
    return ports;
  }

  @Override
  public void close() {
    route.close();
    offloads.close();
  }

  /** Removes what has the name and is not what is wanted; its number is for what comes. */
  private void makeRoom(String name) {
    route.link(name).ifPresent(marks::requireOurs);
    route.deleteLink(name);
  }

  /** As {@link Succession#settle}. */
  void settle() {
    succession.settle();
    filters.forgetStrangers(route); // who died between place and port left no port to delete
  }

  private void runProgram(Link link) {
    if (!handover.waits(link.index())) {
      filters.attach(link, Hook.INGRESS, plane.program());
    }
  }

  /** Whether frames that arrive at the link are the switch's, as they should be. */
  private boolean isReady(Link link, Attachment attachment) {
    boolean runs =
        handover.waits(link.index()) || filters.runs(link, Hook.INGRESS, plane.program());
    return switch (attachment) {
      case Attachment.FunctionInterface _, Attachment.Group _, Attachment.FunctionSocket _ -> runs;
      case Attachment.Tunnel(_, EndPoint.Kind.Vxlan _) -> runs;
      case Attachment.HostInterface _, Attachment.HostStack _, Attachment.Tunnel _ ->
          runs && given.isOpen(link);
    };
  }

  /** What stands in for a device of that name that is gone gets its number, and so its rules. */
  private AttachedPort attach(LsiId lsi, Link link, Kind kind, Attachment attachment) {
    Optional<Device> present = devices.get(link.index());
    Optional<Integer> former = former(link);
    runProgram(link);
    int flags = present.map(Device::flags).orElseGet(() -> flags(link, kind));
    int number =
        present
            .or(() -> former.flatMap(devices::get))
            .map(Device::port)
            .orElseGet(numbers::allocate);
    Device device = new Device(number, lsi, flags, link.name());
    numbers.lead(device.number(), kind, link.index());
    devices.put(link, device);
    asked.put(lsi, link, attachment);
    former.ifPresent(this::leave);
    succession.handOver(link);
    if (kind == Kind.DEVICE) {
      given.open(link);
    }
    return port(device, link);
  }

  /** What it was not before it was the switch's. */
  private int flags(Link link, Kind kind) {
    int flags = handover.flags(link.index());
    return kind == Kind.DEVICE ? flags | given.lacking(link) : flags;
  }

  /** The index of what had the name before: it is gone, or has another name. */
  private Optional<Integer> former(Link link) {
    return devices.indexOf(link.name()).filter(index -> index != link.index());
  }

  private void leave(int index) {
    int flags = devices.get(index).map(Device::flags).orElse(0);
    devices.remove(index);
    asked.forget(index);
    handover.done(index);
    route
        .link(index)
        .ifPresentOrElse(
            renamed -> succession.giveBack(renamed, flags), () -> filters.forget(index));
  }

  private Optional<LsiPort> dropGone(int index) {
    filters.forget(index);
    return drop(index);
  }

  private Optional<LsiPort> drop(int index) {
    handover.done(index);
    asked.forget(index);
    Optional<Device> device = devices.remove(index);
    device.ifPresent(gone -> numbers.release(gone.port()));
    return device.map(Device::number);
  }

  private Optional<LsiPort> removeByName(String name) {
    boolean ours = route.link(name).filter(marks::isOurs).isPresent();
    return ours ? removeVeth(name) : detach(name);
  }

  /** The device goes first: while it is there its frames are the switch's, not the machine's. */
  private Optional<LsiPort> removeVeth(String name) {
    Optional<Link> link = route.link(name);
    link.ifPresent(marks::requireOurs);
    link.ifPresent(
        present -> {
          route.deleteLink(name);
          handover.done(present.index());
        });
    return devices.indexOf(name).flatMap(this::dropGone);
  }

  /** Gives an interface back as it was, if it is still there. */
  private Optional<LsiPort> detach(String name) {
    Optional<Integer> index = devices.indexOf(name);
    if (index.isEmpty()) {
      route.link(name).map(Link::index).filter(handover::waits).ifPresent(succession::removeLeft);
    }
    index
        .flatMap(route::link)
        .ifPresent(
            link -> succession.giveBack(link, devices.get(link.index()).orElseThrow().flags()));
    return index.flatMap(at -> route.link(at).isPresent() ? drop(at) : dropGone(at));
  }

  private AttachedPort port(Device device, Link link) {
    return new AttachedPort(
        device.number(), link.name(), link.index(), !Marks.isMadeName(link.name()));
  }
}
