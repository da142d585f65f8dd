package org.universalnode.switching.kit;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.PacketSocket;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.SegmentSocket;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.IpAddress;
import org.universalnode.nffg.MacAddress;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.reference.Frame;
import org.universalnode.testbed.Testbed;

/** Wires whose far ends are in one network namespace that says nothing of its own. */
public class NamespaceWires implements Wires {
  /** Of four addresses each, in 198.18.0.0/15. */
  private static final int NETWORKS = 1 << 15;

  /** Behind the headers of Ethernet and IPv4. */
  private static final int UDP_AT = 34;

  private static final Duration PLUGGED_BY = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final Optional<NetworkNamespace> near;
  private final Testbed testbed;
  private final NetworkNamespace farEnds;
  private final RouteSocket route;
  private final RouteSocket far;
  private final PacketSocket packets;
  private final List<String> cables = new ArrayList<>();
  private final Map<Wire, String> names = new HashMap<>();
  private final Map<Wire, Integer> links = new ConcurrentHashMap<>();
  private final Map<Integer, Wire> byLink = new ConcurrentHashMap<>();

  /** For a switch in the network namespace of the calling thread. */
  public NamespaceWires() {
    this(RouteSocket.open(), RouteSocket.open(), Optional.empty());
  }

  /** For a switch in that namespace, which outlives the wires. */
  public NamespaceWires(NetworkNamespace near) {
    this(near.routeSocket(), near.routeSocket(), Optional.of(near));
  }

  private NamespaceWires(RouteSocket route, RouteSocket cabling, Optional<NetworkNamespace> near) {
    this.near = near;
    this.testbed = new Testbed(cabling);
    this.route = route;
    this.farEnds = NetworkNamespace.create(testbed.name() + "-far");
    this.far = farEnds.routeSocket();
    this.packets = farEnds.call(PacketSocket::open);
    farEnds.call(
        () -> {
          Path settings = Path.of("/proc/sys/net/ipv6/conf");
          Files.writeString(settings.resolve("default/disable_ipv6"), "1");
          return Files.writeString(settings.resolve("all/disable_ipv6"), "1");
        });
  }

  @Override
  public String node() {
    return testbed.name();
  }

  @Override
  public RouteSocket links() {
    return route;
  }

  @Override
  public Wire toMachine() {
    String name = name();
    String cable = testbed.name() + name;
    cables.add(cable);
    Link link = route.createVeth(new Veth(cable, name, mac(), farEnds));
    route.markSilent(link, testbed.name());
    route.up(link);
    return remember(name, new Attachment.HostInterface(cable));
  }

  @Override
  public Wire toFunction() {
    String name = name();
    return remember(
        name,
        new Attachment.FunctionInterface(
            "g/f/" + name, farEnds.name(), name, MacAddress.parse(mac())));
  }

  @Override
  public void plugged(Wire wire, AttachedPort port) {
    Link link = far.link(required(names.get(wire))).orElseThrow();
    far.up(link);
    awaitRunning(far, link);
    awaitRunning(route, route.link(port.index()).orElseThrow());
    links.put(wire, link.index());
    byLink.put(link.index(), wire);
  }

  @Override
  public void send(Wire wire, Frame frame) {
    packets.send(required(links.get(wire)), frame.bytes());
  }

  /**
   * Sends one frame for many UDP datagrams in IPv4.
   *
   * @param segment bytes of content that each has
   */
  public void sendSegments(Wire wire, Frame frame, int segment) {
    try (SegmentSocket segments = farEnds.call(SegmentSocket::open)) {
      segments.send(required(links.get(wire)), frame.bytes(), UDP_AT, segment);
    }
  }

  @Override
  public Optional<Received> receive(Duration atMost) {
    return packets
        .receive(atMost)
        .map(
            received ->
                new Received(required(byLink.get(received.link())), frame(received.frame())));
  }

  @Override
  public Underlay underlay(boolean ipv6) {
    String mac = mac();
    Wire wire = toMachine();
    String cable = ((Attachment.HostInterface) wire.attachment()).name();
    Link link = route.link(cable).orElseThrow();
    plugged(wire, new AttachedPort(new LsiPort(LsiId.BASE, 0), cable, link.index()));
    IpAddress address = address(ipv6, 1);
    IpAddress neighbour = address(ipv6, 2);
    Link holder = holder(link);
    if (ipv6) {
      useAtOnce(holder.name());
    }
    route.addAddress(holder.name(), InetAddress.ofLiteral(address.toString()), ipv6 ? 126 : 30);
    introduce(holder, neighbour, mac);
    return new Underlay(
        wire, address, MacAddress.parse(holder.mac()), neighbour, MacAddress.parse(mac));
  }

  /** What is to have the address of an underlay that has this cable. */
  protected Link holder(Link cable) {
    return cable;
  }

  /** Tells who has that address at the other end of the cable. */
  protected void introduce(Link holder, IpAddress neighbour, String mac) {
    route.addNeighbour(holder, InetAddress.ofLiteral(neighbour.toString()), mac);
  }

  /** In a network of four that no other test on this machine has, of those of RFC 2544. */
  private IpAddress address(boolean ipv6, int host) {
    String[] numbers = testbed.name().substring(2).split("x", 2);
    int network =
        977 * Integer.parseInt(numbers[0]) + 8 * Integer.parseInt(numbers[1]) + names.size() % 8;
    int last = 4 * Math.floorMod(network, NETWORKS) + host;
    return IpAddress.parse(
        ipv6
            ? "fd18::%x:%x".formatted(last >>> 16, last & 0xffff)
            : "198.%d.%d.%d".formatted(18 + (last >>> 16), last >>> 8 & 0xff, last & 0xff));
  }

  /** Nobody is asked whether an IPv6 address is taken, which would take a second. */
  private void useAtOnce(String holder) {
    Path settings = Path.of("/proc/sys/net/ipv6/conf").resolve(holder);
    Callable<Path> work = () -> Files.writeString(settings.resolve("accept_dad"), "0");
    try {
      Path _ = near.isPresent() ? near.get().call(work) : work.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public TestHost host(String address) {
    return new NamespaceHost(testbed.host(address));
  }

  @Override
  public void close() {
    cables.forEach(route::deleteLink);
    packets.close();
    far.close();
    route.close();
    farEnds.delete();
    testbed.close();
  }

  private Wire remember(String name, Attachment attachment) {
    Wire wire = new Wire(attachment);
    names.put(wire, name);
    return wire;
  }

  private String name() {
    return "w" + (names.size() + 1);
  }

  private String mac() {
    return "06:00:00:00:01:%02x".formatted(names.size() + 1);
  }

  /** A link that was just plugged in loses frames for some milliseconds. */
  private static void awaitRunning(RouteSocket side, Link link) {
    long end = System.nanoTime() + PLUGGED_BY.toNanos();
    while (!side.isRunning(link)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(link.name() + " does not run");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static <T> T required(@Nullable T found) {
    return Objects.requireNonNull(found, "the wire is not plugged in");
  }

  public static Frame frame(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return Frame.of(copy);
  }
}
