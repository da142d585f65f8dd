package org.universalnode.switching.openvswitch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.problem.Problem;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.devices.AskedInterfaces;
import org.universalnode.switching.devices.InterfaceMaker;
import org.universalnode.switching.devices.Marks;
import org.universalnode.switching.openvswitch.BridgePort.Kind;

/** Ports of LSIs: makes what is at their ends, and has the bridges take it. */
final class Ports implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Ports.class.getName());

  private static final Comparator<LsiPort> BY_LSI = Comparator.comparing(LsiPort::lsi);

  private final Configuration configuration;
  private final FlowTables flows;
  private final Names names;
  private final Marks marks;
  private final RouteSocket route = RouteSocket.open();
  private final InterfaceMaker maker;
  private final Tunnels tunnels;
  private final Sockets sockets;
  private final AskedInterfaces asked;
  private final KnownPorts known;

  Ports(Configuration configuration, FlowTables flows, Names names) {
    this.configuration = configuration;
    this.flows = flows;
    this.names = names;
    this.marks = new Marks(names.node());
    this.maker = new InterfaceMaker(route, marks, this::makeRoom);
    this.tunnels = new Tunnels(configuration, names, route);
    this.sockets = new Sockets(configuration, names, flows.controller());
    this.asked = new AskedInterfaces(maker, (_, _) -> true);
    this.known = new KnownPorts(configuration);
    flows.tellOfLoss(() -> Thread.ofVirtual().name("sockets").start(this::clearDeadSockets));
  }

  private void clearDeadSockets() {
    try {
      sockets.clearDead(flows::areAway);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "sockets of a switch that has ended may be left: {0}",
          Problem.of(e));
    }
  }

  /** One that is made is empty, whatever was there before and is gone. */
  synchronized void createBridge(Place place) {
    if (!configuration.places().contains(place)) {
      flows.forget(place);
    }
    configuration.addBridge(place, flows.controller());
  }

  AskedInterfaces asked() {
    return asked;
  }

  /** Places of which something is not as it was made, when nothing is being made. */
  synchronized Set<Place> harmed() {
    return configuration.harmed(flows.controller());
  }

  /** LSIs of these interfaces that are not as they were made, when none is being made. */
  synchronized Set<LsiId> harmed(Set<Integer> interfaces) {
    return interfaces.stream()
        .filter(index -> !asked.isWhole(index))
        .flatMap(index -> asked.lsi(index).stream())
        .collect(Collectors.toSet());
  }

  synchronized AttachedPort create(LsiId lsi, Attachment attachment) {
    createBridge(Place.of(lsi));
    return switch (attachment) {
      case Attachment.HostInterface(String name) -> {
        Link link = route.link(name).orElseThrow(() -> missing(name).asException());
        yield device(lsi, link.up() ? Kind.HOST : Kind.DOWN_HOST, link, attachment);
      }
      case Attachment.FunctionInterface function ->
          device(lsi, Kind.FUNCTION, veth(function), attachment);
      case Attachment.HostStack stack -> {
        AttachedPort made = device(lsi, Kind.STACK, pair(stack), attachment);
        maker.bringUp(stack);
        yield made.towards(marks.hostSideOf(stack));
      }
      case Attachment.Group(String identity, String group) -> join(identity, group);
      case Attachment.Tunnel tunnel -> tunnel(tunnel);
      case Attachment.FunctionSocket socket -> socket(lsi, socket);
    };
  }

  private Link veth(Attachment.FunctionInterface function) {
    identify(marks.nameOf(function), marks.markOf(function));
    return maker.veth(function);
  }

  private Link pair(Attachment.HostStack stack) {
    identify(marks.nameOf(stack), marks.markOf(stack));
    return maker.pair(stack);
  }

  /** What the switch made under that name may have another one, or another mark, by now. */
  private void identify(String name, String mark) {
    asked.indexOf(name).ifPresent(index -> maker.identify(index, name, mark));
  }

  /** Only when the switch has it, it comes up, so that no frame reaches the machine's stack. */
  private AttachedPort device(LsiId lsi, Kind kind, Link link, Attachment attachment) {
    Place place = Place.of(lsi);
    String identity = KnownPorts.identity(attachment);
    BridgePort port =
        known
            .any(kind, identity)
            .filter(found -> found.place().equals(place) && found.name().equals(link.name()))
            .orElseGet(() -> new BridgePort(place, known.free(), kind, identity, link.name()));
    if (asked.indexOf(link.name()).filter(index -> index != link.index()).isPresent()) {
      configuration.removePorts(List.of(port)); // the switch has what had the name before
    }
    add(Map.of(port, Configuration.Link.DEVICE));
    if (link.fallen()) {
      route.up(link);
    }
    asked.put(lsi, link, attachment);
    return new AttachedPort(port.port(), link.name(), link.index(), kind.isOfMachine());
  }

  private AttachedPort join(String identity, String group) {
    Place place = Place.ofGroup(group);
    createBridge(place);
    String name = group + "/" + identity;
    int number = known.any(Kind.MEMBER, name).map(BridgePort::number).orElseGet(known::free);
    BridgePort member = patch(Place.of(LsiId.BASE), number, Kind.MEMBER, name);
    BridgePort spoke = patch(place, number, Kind.SPOKE, name);
    addPair(member, spoke);
    return new AttachedPort(member.port(), "", 0);
  }

  /** One that is there between other ends, or with other options, is made anew in its place. */
  private AttachedPort tunnel(Attachment.Tunnel attachment) {
    String identity = attachment.identity();
    String name = tunnels.name(attachment.tunnel());
    tunnels.check(attachment, known.named(name));
    Optional<BridgePort> before = known.there(Kind.TUNNEL, identity).stream().findFirst();
    int number = known.any(Kind.TUNNEL, identity).map(BridgePort::number).orElseGet(known::free);
    BridgePort port = new BridgePort(Place.of(LsiId.BASE), number, Kind.TUNNEL, identity, name);
    Configuration.Link link = Tunnels.link(attachment.tunnel());
    Optional<BridgePort> other =
        before.filter(there -> !there.equals(port) || !configuration.isLike(there, link));
    if (other.isPresent()) {
      configuration.removePorts(List.of(other.get()));
      addWithItsRules(port, link);
    } else {
      add(Map.of(port, link));
    }
    return new AttachedPort(port.port(), "", 0);
  }

  private AttachedPort socket(LsiId lsi, Attachment.FunctionSocket attachment) {
    sockets.require();
    Place place = Place.of(lsi);
    String name = sockets.name(attachment);
    BridgePort port =
        known
            .any(attachment)
            .filter(found -> found.place().equals(place))
            .orElseGet(
                () ->
                    new BridgePort(place, known.free(), Kind.SOCKET, attachment.identity(), name));
    add(Map.of(port, Sockets.LINK));
    sockets.show(attachment);
    return new AttachedPort(port.port(), "", 0);
  }

  /** Refuses what {@link #socket} would refuse. */
  void requireSockets() {
    sockets.require();
  }

  private void addWithItsRules(BridgePort port, Configuration.Link link) {
    try {
      configuration.addPorts(Map.of(port, link));
    } catch (RuntimeException e) {
      flows.remove(port); // the number is free now
      throw e;
    }
    flows.add(port);
  }

  synchronized VirtualLink connect(LsiId graph, String name) {
    createBridge(Place.of(LsiId.BASE));
    createBridge(Place.of(graph));
    String identity = graph.number() + "/" + name;
    List<BridgePort> present = known.all(Kind.LINK, identity);
    int base = number(present, Place.of(LsiId.BASE)).orElseGet(known::free);
    int other = number(present, Place.of(graph)).orElseGet(() -> known.free(Set.of(base)));
    BridgePort one = patch(Place.of(LsiId.BASE), base, Kind.LINK, identity);
    BridgePort two = patch(Place.of(graph), other, Kind.LINK, identity);
    addPair(one, two);
    return new VirtualLink(name, one.port(), two.port());
  }

  private static Optional<Integer> number(List<BridgePort> ports, Place place) {
    return ports.stream()
        .filter(port -> port.place().equals(place))
        .map(BridgePort::number)
        .findFirst();
  }

  private BridgePort patch(Place place, int number, Kind kind, String identity) {
    String end = names.patch(place + "/" + kind + "/" + identity);
    return new BridgePort(place, number, kind, identity, end);
  }

  private void addPair(BridgePort one, BridgePort two) {
    Map<BridgePort, Configuration.Link> pair = new LinkedHashMap<>();
    pair.put(one, Configuration.Link.patchTo(two.name()));
    pair.put(two, Configuration.Link.patchTo(one.name()));
    add(pair);
  }

  private void add(Map<BridgePort, Configuration.Link> ports) {
    Set<BridgePort> present = Set.copyOf(configuration.ports());
    ports.keySet().stream().filter(port -> !present.contains(port)).forEach(flows::vacate);
    configuration.addPorts(ports);
    ports.keySet().forEach(flows::add);
  }

  synchronized void delete(Attachment attachment) {
    known
        .there(attachment)
        .ifPresentOrElse(port -> remove(List.of(port)), () -> removeDevice(attachment));
    if (attachment instanceof Attachment.FunctionSocket socket) {
      sockets.hide(socket);
    }
    known.any(attachment).ifPresent(this::forget); // somebody may have removed it
  }

  private void forget(BridgePort port) {
    configuration.made().removeIf(port::equals);
    asked.forget(port.name());
  }

  /** What is left of a port that a process took away and died, or that somebody else did. */
  private void removeDevice(Attachment attachment) {
    switch (attachment) {
      case Attachment.FunctionInterface function -> removeIfOurs(marks.nameOf(function));
      case Attachment.HostStack stack -> removeIfOurs(marks.nameOf(stack));
      case Attachment.Group _ -> removeEmptyGroups();
      case Attachment.HostInterface _, Attachment.Tunnel _, Attachment.FunctionSocket _ -> {}
    }
  }

  private void removeIfOurs(String name) {
    if (route.link(name).filter(marks::isOurs).isPresent()) {
      route.deleteLink(name);
    }
  }

  /** Whatever has that number. */
  synchronized void delete(LsiPort port) {
    remove(
        configuration.ports(Place.of(port.lsi())).stream()
            .filter(each -> each.number() == port.number())
            .toList());
  }

  synchronized void disconnect(VirtualLink link) {
    delete(link.graph());
    delete(link.base());
  }

  synchronized void deleteLsi(LsiId lsi) {
    Place place = Place.of(lsi);
    remove(configuration.ports(place));
    configuration.removeBridges(List.of(place));
    configuration.made().removeIf(port -> isOf(lsi, port));
    flows.forget(place);
  }

  /** Also the far ends of its links. */
  private static boolean isOf(LsiId lsi, BridgePort port) {
    return port.place().equals(Place.of(lsi))
        || (port.kind() == Kind.LINK && port.identity().startsWith(lsi.number() + "/"));
  }

  /** With what is at the other ends. */
  private void remove(Collection<BridgePort> some) {
    Set<BridgePort> ports = new HashSet<>(some);
    some.forEach(port -> ports.addAll(farSide(port)));
    try {
      ports.forEach(flows::remove);
      configuration.removePorts(ports);
    } finally {
      ports.forEach(this::giveBack); // the database may know already, and ovs-vswitchd be away
    }
    removeEmptyGroups();
    if (!ports.isEmpty()) {
      flows.awaitDataPath();
    }
  }

  private void removeEmptyGroups() {
    Set<Place> used =
        configuration.ports().stream().map(BridgePort::place).collect(Collectors.toSet());
    List<Place> empty =
        configuration.places().stream()
            .filter(place -> place.lsi().isEmpty() && !used.contains(place))
            .toList();
    configuration.removeBridges(empty);
    empty.forEach(flows::forget);
  }

  private List<BridgePort> farSide(BridgePort port) {
    return switch (port.kind()) {
      case LINK -> known.there(Kind.LINK, port.identity());
      case MEMBER -> known.there(Kind.SPOKE, port.identity());
      case SPOKE -> known.there(Kind.MEMBER, port.identity());
      case HOST, DOWN_HOST, FUNCTION, STACK, TUNNEL, SOCKET -> List.of();
    };
  }

  private void giveBack(BridgePort port) {
    asked.forget(port.name());
    switch (port.kind()) {
      case DOWN_HOST -> route.link(port.name()).ifPresent(route::down);
      case FUNCTION, STACK -> makeRoom(port.name());
      case HOST, LINK, MEMBER, SPOKE, TUNNEL, SOCKET -> {}
    }
  }

  private void makeRoom(String name) {
    route.link(name).ifPresent(marks::requireOurs);
    route.deleteLink(name);
  }

  /** Ports whose device is there. */
  List<AttachedPort> all() {
    Map<String, Link> links = new HashMap<>();
    route.links().forEach(link -> links.put(link.name(), link));
    List<AttachedPort> all = new ArrayList<>();
    for (BridgePort port : configuration.ports()) {
      if (port.kind().isDevice()) {
        Optional<Link> link =
            Optional.ofNullable(links.get(port.name())).or(() -> route.link(port.name()));
        link.ifPresent(there -> all.add(attached(port, there)));
      } else if (port.kind().hasNoDevice()) {
        all.add(new AttachedPort(port.port(), "", 0));
      }
    }
    return all;
  }

  private static AttachedPort attached(BridgePort port, Link link) {
    return new AttachedPort(port.port(), port.name(), link.index(), port.kind().isOfMachine());
  }

  /** Links that have both their ends. */
  List<VirtualLink> links() {
    Map<String, List<BridgePort>> ends =
        configuration.ports().stream()
            .filter(port -> port.kind() == Kind.LINK)
            .collect(Collectors.groupingBy(BridgePort::identity));
    List<VirtualLink> links = new ArrayList<>();
    for (List<BridgePort> pair : ends.values()) {
      List<LsiPort> ports = pair.stream().map(BridgePort::port).sorted(BY_LSI).toList();
      if (ports.size() == 2) {
        links.add(new VirtualLink("", ports.getFirst(), ports.getLast()));
      }
    }
    return links;
  }

  private static Problem missing(String name) {
    return Problem.of(
            Problem.Code.UNKNOWN_REFERENCE, "there is no interface \"" + name + "\" on this node")
        .next("create it, or name one that exists");
  }

  @Override
  public void close() {
    route.close();
  }
}
