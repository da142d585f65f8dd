package org.universalnode.switching.openvswitch;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpAddress;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.nffg.Ipv6Address;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.Headers;
import org.universalnode.testbed.PrivateOpenVswitch;

/** Wires to a switch that is in a namespace of its own, and differs from the reference. */
final class OpenVswitchWires extends NamespaceWires {
  private static final int TYPE_AT = 12;
  private static final int MOST_TAGS = 2;
  private static final int DROP_ELIGIBLE = 0x10;

  private final NetworkNamespace near;
  private final PrivateOpenVswitch ovs;
  private final List<String> bridges = new ArrayList<>();

  OpenVswitchWires(NetworkNamespace near, PrivateOpenVswitch ovs) {
    super(near);
    this.near = near;
    this.ovs = ovs;
  }

  /** A bridge that is nobody's: the data path sends packets of tunnels by bridges only. */
  @Override
  protected Link holder(Link cable) {
    String bridge = cable.name().replaceFirst("^ut", "b");
    bridges.add(bridge);
    String interfaceName = cable.name();
    ovs.vsctl(
        "add-br %s -- set bridge %s datapath_type=netdev -- add-port %s %s"
            .formatted(bridge, bridge, bridge, interfaceName)
            .split(" ", -1));
    ovs.vsctl("set", "interface", interfaceName, "ofport_request=1");
    // without learning: some of what a test sends comes from the bridge's own address
    ovs.ofctl("add-flow", bridge, "priority=9,in_port=LOCAL actions=output:1");
    ovs.ofctl("add-flow", bridge, "priority=9,in_port=1 actions=LOCAL");
    try (RouteSocket route = near.routeSocket()) {
      Link holder = route.link(bridge).orElseThrow();
      route.markSilent(holder, node());
      route.up(bridge);
      return holder;
    }
  }

  @Override
  protected void introduce(Link holder, IpAddress neighbour, String mac) {
    super.introduce(holder, neighbour, mac);
    ovs.appctl("tnl/neigh/set", holder.name(), neighbour.toString(), mac);
    String way = "/" + (neighbour instanceof Ipv6Address ? 128 : 32) + " dev " + holder.name();
    await(way).until(() -> ovs.appctl("ovs/route/show").contains(way));
  }

  @Override
  public void close() {
    bridges.forEach(bridge -> ovs.vsctl("del-br", bridge));
    super.close();
  }

  /**
   * Open vSwitch knows two tags, and takes their bit 12 for its own sign that there is a tag. What
   * one frame makes it keep also decides about others, so ones that are not whole are not sent.
   */
  @Override
  public boolean carries(Frame frame) {
    return tagsAreCarried(frame)
        && transportIsCarried(frame.headers())
        && WholePackets.contains(frame);
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
    int tags = tags(frame);
    for (int tag = 0; tag < tags; tag++) {
      if ((bytes[TYPE_AT + 4 * tag + 2] & DROP_ELIGIBLE) != 0) {
        return false;
      }
    }
    return tags <= MOST_TAGS;
  }

  private static int tags(Frame frame) {
    byte[] bytes = frame.bytes();
    int tags = 0;
    for (int at = TYPE_AT; at + 4 <= bytes.length && isTag(bytes, at); at += 4) {
      tags++;
    }
    return tags;
  }

  private static boolean isTag(byte[] bytes, int at) {
    int type = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    return type == 0x8100 || type == 0x88a8;
  }

  /** What it keeps of a frame with one tag may decide about one with two, which then keeps one. */
  @Override
  public boolean takesAtRandom(Frame frame) {
    return carries(frame) && tags(frame) < MOST_TAGS;
  }

  @Override
  public int attempts() {
    return 3;
  }

  /** It does not count steps, but how deep they are in each other. */
  @Override
  public boolean cutsAlike() {
    return false;
  }

  /** With segmentation in user space, which the private switches have, it loses their packets. */
  @Override
  public boolean carriesTunnelsOverIpv6() {
    return false;
  }

  /** Twice the time between two looks of Open vSwitch at its data path. */
  @Override
  public Duration countersLag() {
    return Duration.ofMillis(1200);
  }
}
