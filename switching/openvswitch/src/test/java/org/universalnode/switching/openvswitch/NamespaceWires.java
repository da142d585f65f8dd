package org.universalnode.switching.openvswitch;

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
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.PacketSocket;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.nffg.MacAddress;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.kit.TestHost;
import org.universalnode.switching.kit.Wire;
import org.universalnode.switching.kit.Wires;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.Headers;
import org.universalnode.testbed.Testbed;

/** Wires whose far ends are in one network namespace that says nothing of its own. */
final class NamespaceWires implements Wires {
  private static final int TYPE_AT = 12;
  private static final int MOST_TAGS = 2;
  private static final int DROP_ELIGIBLE = 0x10;

  private final Testbed testbed;
  private final NetworkNamespace farEnds;
  private final RouteSocket route;
  private final RouteSocket far;
  private final PacketSocket packets;
  private final List<String> cables = new ArrayList<>();
  private final Map<Wire, String> names = new HashMap<>();
  private final Map<Wire, Integer> links = new HashMap<>();
  private final Map<Integer, Wire> byLink = new HashMap<>();

  /**
   * For a switch elsewhere.
   *
   * @param near where its ends of the wires are
   */
  NamespaceWires(NetworkNamespace near) {
    this.testbed = new Testbed(near.routeSocket());
    this.farEnds = NetworkNamespace.create(testbed.name() + "-far");
    this.route = near.routeSocket();
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

  @Override
  public Optional<Received> receive(Duration atMost) {
    return packets
        .receive(atMost)
        .map(
            received ->
                new Received(required(byLink.get(received.link())), frame(received.frame())));
  }

  @Override
  public TestHost host(String address) {
    return new NamespaceHost(testbed.host(address));
  }

  /** Open vSwitch knows two tags, and takes their bit 12 for its own sign that there is a tag. */
  @Override
  public boolean carries(Frame frame) {
    return tagsAreCarried(frame) && transportIsCarried(frame.headers());
  }

  /** It mends SCTP's sum, and that of TCP and UDP where a later fragment has something else. */
  private static boolean transportIsCarried(Headers headers) {
    boolean sctp = headers.number(HeaderField.PROTOCOL) == IpProtocol.SCTP;
    boolean later = headers.has(HeaderField.PROTOCOL) && !headers.has(HeaderField.SOURCE_PORT);
    boolean sums =
        headers.number(HeaderField.PROTOCOL) == IpProtocol.TCP
            || headers.number(HeaderField.PROTOCOL) == IpProtocol.UDP;
    return !sctp && !(later && sums);
  }

  private static boolean tagsAreCarried(Frame frame) {
    byte[] bytes = frame.bytes();
    int tags = 0;
    for (int at = TYPE_AT; at + 4 <= bytes.length && isTag(bytes, at); at += 4) {
      if (++tags > MOST_TAGS || (bytes[at + 2] & DROP_ELIGIBLE) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTag(byte[] bytes, int at) {
    int type = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    return type == 0x8100 || type == 0x88a8;
  }

  @Override
  public String excuse() {
    return "Open vSwitch differs from the reference in rare frames; see decision 16";
  }

  /** Twice the time between two looks of Open vSwitch at its data path. */
  @Override
  public Duration countersLag() {
    return Duration.ofMillis(1200);
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
    Awaitility.await(link.name())
        .pollInterval(Duration.ofMillis(2))
        .until(() -> side.isRunning(link));
  }

  private static <T> T required(@Nullable T found) {
    return Objects.requireNonNull(found, "the wire is not plugged in");
  }

  static Frame frame(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return Frame.of(copy);
  }
}
