package org.universalnode.linux;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Links, addresses and routes of one network namespace, by rtnetlink(7). Safe for all threads. */
public final class RouteSocket implements AutoCloseable {
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;
  private static final int RTM_GETLINK = 18;
  private static final int RTM_SETLINK = 19;
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_GETADDR = 22;
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_GETROUTE = 26;
  private static final int RTM_NEWNEIGH = 28;
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_NUM_TX_QUEUES = 31;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_IFALIAS = 20;
  private static final int IFLA_AF_SPEC = 26;
  private static final int IFLA_GROUP = 27;
  private static final int IFLA_NET_NS_FD = 28;
  private static final int IFLA_GSO_MAX_SIZE = 41;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFLA_INFO_DATA = 2;
  private static final int IFLA_VXLAN_LEARNING = 7;
  private static final int IFLA_VXLAN_PORT = 15;
  private static final int IFLA_VXLAN_UDP_ZERO_CSUM6_RX = 20;
  private static final int IFLA_VXLAN_COLLECT_METADATA = 25;
  private static final int VETH_INFO_PEER = 1;
  private static final int IFLA_INET6_ADDR_GEN_MODE = 8;
  private static final byte ADDR_GEN_NONE = 1;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int RTA_DST = 1;
  private static final int RTA_SRC = 2;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int ADDRESS_ATTRIBUTES = 8;
  private static final int ROUTE_ATTRIBUTES = 12;
  private static final int NDA_DST = 1;
  private static final int NDA_LLADDR = 2;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  /** The least that all kernels take: MAX_TCP_HEADER and one byte. */
  private static final int LEAST_GSO_BYTES = 321;

  private static final int IFF_UP = 1;
  private static final int IFF_RUNNING = 0x40;
  private static final int IFF_PROMISC = 0x100;

  /** The group of links (as in {@code ip link show group}) that were pulled. */
  static final int PULLED = 1886743660;

  private final NetlinkSocket socket;

  private RouteSocket(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** A socket of the calling thread's namespace. */
  public static RouteSocket open() {
    return new RouteSocket(NetlinkSocket.open());
  }

  /** Makes a veth pair, both ends down, and returns this end. */
  public Link createVeth(Veth veth) {
    NetlinkMessage message = newLink("create veth " + veth.name());
    try (FileDescriptor namespace = veth.namespace().open()) {
      message.link(0, 0, 0).attribute(IFLA_IFNAME, veth.name());
      message.begin(IFLA_LINKINFO).attribute(IFLA_INFO_KIND, "veth").begin(IFLA_INFO_DATA);
      message.begin(VETH_INFO_PEER).link(0, 0, 0).attribute(IFLA_IFNAME, veth.peerName());
      message.attribute(IFLA_ADDRESS, HardwareAddress.parse(veth.peerMac()));
      message.attribute(IFLA_NET_NS_FD, namespace.number()).end().end().end();
      socket.exchange(message);
    }
    return link(veth.name()).orElseThrow(() -> new KernelException("find veth " + veth.name(), 19));
  }

  /** Makes a veth pair of which both ends are in this namespace, both down; returns this end. */
  public Link createVeth(String name, String peer, String peerMac) {
    NetlinkMessage message = newLink("create veth " + name);
    message.link(0, 0, 0).attribute(IFLA_IFNAME, name);
    message.begin(IFLA_LINKINFO).attribute(IFLA_INFO_KIND, "veth").begin(IFLA_INFO_DATA);
    message.begin(VETH_INFO_PEER).link(0, 0, 0).attribute(IFLA_IFNAME, peer);
    message.attribute(IFLA_ADDRESS, HardwareAddress.parse(peerMac)).end().end().end();
    socket.exchange(message);
    return link(name).orElseThrow(() -> new KernelException("find veth " + name, 19));
  }

  /**
   * Makes a VXLAN device (RFC 7348) that serves all networks of one UDP port: who sends by it says
   * with each frame which tunnel it means.
   */
  public Link createVxlan(String name, int port) {
    NetlinkMessage message = newLink("create vxlan " + name);
    message.link(0, 0, 0).attribute(IFLA_IFNAME, name);
    message.begin(IFLA_LINKINFO).attribute(IFLA_INFO_KIND, "vxlan").begin(IFLA_INFO_DATA);
    message.attribute(IFLA_VXLAN_PORT, new byte[] {(byte) (port >>> 8), (byte) port});
    message.attribute(IFLA_VXLAN_LEARNING, new byte[] {0});
    message.attribute(IFLA_VXLAN_UDP_ZERO_CSUM6_RX, new byte[] {1});
    message.attribute(IFLA_VXLAN_COLLECT_METADATA, new byte[] {1}).end().end();
    socket.exchange(message);
    return link(name).orElseThrow(() -> new KernelException("find vxlan " + name, 19));
  }

  /** Whether the kernel knows VXLAN devices. */
  public boolean knowsVxlan() {
    return knowsKind("vxlan");
  }

  /**
   * Whether the kernel can make links of a kind, such as {@code wireguard}. It is asked for one
   * without queues, which it refuses of the kinds that it knows; what brings the kind is loaded, as
   * for a link that is used.
   */
  public boolean knowsKind(String kind) {
    NetlinkMessage message = newLink("ask for links of the kind " + kind).link(0, 0, 0);
    message.attribute(IFLA_NUM_TX_QUEUES, 0).begin(IFLA_LINKINFO);
    message.attribute(IFLA_INFO_KIND, kind).end();
    try {
      socket.exchange(message);
      throw new IllegalStateException("a link without queues was made");
    } catch (KernelException e) {
      if (e.errno() == Errno.EPERM) {
        throw e;
      }
      return e.errno() != Errno.EOPNOTSUPP;
    }
  }

  private static NetlinkMessage newLink(String attempt) {
    int flags = NetlinkMessage.ACK | NetlinkMessage.CREATE | NetlinkMessage.EXCLUSIVE;
    return new NetlinkMessage(attempt, RTM_NEWLINK, flags);
  }

  /** Marks a link with free text (at most 255 characters) and keeps IPv6 from talking on it. */
  public void markSilent(Link link, String alias) {
    NetlinkMessage message = set(link.index(), "mark link " + link.name(), 0);
    message.attribute(IFLA_IFALIAS, alias);
    message.begin(IFLA_AF_SPEC).begin(AF_INET6);
    message.attribute(IFLA_INET6_ADDR_GEN_MODE, ADDR_GEN_NONE).end().end();
    socket.exchange(message);
  }

  /** Gives a link another hardware address. */
  public void readdress(Link link, String mac) {
    NetlinkMessage message = set(link.index(), "set address of " + link.name(), 0);
    socket.exchange(message.attribute(IFLA_ADDRESS, HardwareAddress.parse(mac)));
  }

  /** Moves a link to another namespace, where it is down and without addresses. */
  public void move(Link link, NetworkNamespace namespace) {
    NetlinkMessage message = set(link.index(), "move link " + link.name(), 0);
    try (FileDescriptor there = namespace.open()) {
      socket.exchange(message.attribute(IFLA_NET_NS_FD, there.number()));
    }
  }

  /** Gives a link another name; older kernels want it down for that, and down it is then. */
  public void rename(Link link, String name) {
    String attempt = "rename link " + link.name() + " to " + name;
    try {
      socket.exchange(set(link.index(), attempt, 0).attribute(IFLA_IFNAME, name));
    } catch (KernelException e) {
      if (e.errno() != Errno.EBUSY) {
        throw e;
      }
      down(link);
      socket.exchange(set(link.index(), attempt, 0).attribute(IFLA_IFNAME, name));
    }
  }

  public void up(String name) {
    socket.exchange(set(require(name).index(), "set link up " + name, IFF_UP));
  }

  public void up(Link link) {
    socket.exchange(set(link.index(), "set link up " + link.name(), IFF_UP));
  }

  public void down(Link link) {
    socket.exchange(clear(link.index(), "set link down " + link.name(), IFF_UP));
  }

  /**
   * Sets a link down on purpose, which it says of itself until it is plugged in: who mends links
   * that are down leaves this one alone.
   */
  public void pull(Link link) {
    NetlinkMessage message = clear(link.index(), "pull link " + link.name(), IFF_UP);
    socket.exchange(message.attribute(IFLA_GROUP, PULLED));
  }

  /** Sets a link up, also one that was pulled. */
  public void plug(Link link) {
    NetlinkMessage message = set(link.index(), "plug in link " + link.name(), IFF_UP);
    socket.exchange(message.attribute(IFLA_GROUP, 0));
  }

  /**
   * Sets the longest packet that the link carries.
   *
   * @param bytes without the link's own header
   */
  public void longestPacket(Link link, int bytes) {
    NetlinkMessage message = set(link.index(), "set MTU of " + link.name(), 0);
    socket.exchange(message.attribute(IFLA_MTU, bytes));
  }

  /**
   * Has the link cut what an IP stack sends whole for many segments, however much it could take.
   */
  public void cutSegments(Link link) {
    NetlinkMessage message = set(link.index(), "set GSO limit of " + link.name(), 0);
    socket.exchange(message.attribute(IFLA_GSO_MAX_SIZE, LEAST_GSO_BYTES));
  }

  /** Whether the link receives frames for every address, not only for its own. */
  public void promiscuous(Link link, boolean on) {
    String attempt = "set promiscuous " + on + " on " + link.name();
    socket.exchange(
        on ? set(link.index(), attempt, IFF_PROMISC) : clear(link.index(), attempt, IFF_PROMISC));
  }

  public void addAddress(String name, InetAddress address, int prefixLength) {
    String attempt = "add address " + address.getHostAddress() + "/" + prefixLength + " to " + name;
    NetlinkMessage message = create(attempt, RTM_NEWADDR);
    message.address(family(address), prefixLength, require(name).index());
    message.attribute(IFA_LOCAL, address).attribute(IFA_ADDRESS, address);
    socket.exchange(message);
  }

  /** As {@link #addAddress}, and fine if it has that address already. */
  public void setAddress(String name, InetAddress address, int prefixLength) {
    try {
      addAddress(name, address, prefixLength);
    } catch (KernelException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }

  /** A route to {@code destination}/{@code prefixLength} by way of {@code gateway}. */
  public void addRoute(InetAddress destination, int prefixLength, InetAddress gateway) {
    String attempt = "add route to " + destination.getHostAddress() + "/" + prefixLength;
    NetlinkMessage message = create(attempt, RTM_NEWROUTE);
    message.route(family(destination), prefixLength);
    message.attribute(RTA_DST, destination).attribute(RTA_GATEWAY, gateway);
    socket.exchange(message);
  }

  /** Says for ever which hardware address a neighbour has, so that nobody is asked. */
  public void addNeighbour(Link link, InetAddress address, String mac) {
    String attempt = "add neighbour " + address.getHostAddress() + " at " + link.name();
    NetlinkMessage message = create(attempt, RTM_NEWNEIGH);
    message.permanentNeighbour(family(address), link.index()).attribute(NDA_DST, address);
    socket.exchange(message.attribute(NDA_LLADDR, HardwareAddress.parse(mac)));
  }

  /** Whether a link of this namespace has the address. */
  public boolean holds(InetAddress address) {
    NetlinkMessage message =
        new NetlinkMessage("list addresses", RTM_GETADDR, NetlinkMessage.DUMP)
            .address(family(address), 0, 0);
    ByteBuffer wanted = ByteBuffer.wrap(address.getAddress());
    return socket.exchange(message).stream()
        .map(reply -> reply.attributes(ADDRESS_ATTRIBUTES))
        .map(attributes -> attributes.getOrDefault(IFA_LOCAL, attributes.get(IFA_ADDRESS)))
        .anyMatch(wanted::equals);
  }

  /**
   * The index of the link by which packets leave that have these addresses; empty if there is no
   * route, or if {@code from} is none of this namespace's addresses.
   */
  public Optional<Integer> way(InetAddress from, InetAddress to) {
    String attempt = "find route from " + from.getHostAddress() + " to " + to.getHostAddress();
    NetlinkMessage message = new NetlinkMessage(attempt, RTM_GETROUTE, NetlinkMessage.ACK);
    message.wantedRoute(family(to), 8 * to.getAddress().length);
    message.attribute(RTA_DST, to).attribute(RTA_SRC, from);
    try {
      return socket.exchange(message).stream()
          .map(reply -> reply.attributes(ROUTE_ATTRIBUTES).get(RTA_OIF))
          .filter(Objects::nonNull)
          .map(link -> link.getInt(0))
          .findFirst();
    } catch (KernelException e) {
      return switch (e.errno()) {
        case ENETUNREACH, EHOSTUNREACH, EINVAL, EACCES -> Optional.empty();
        default -> throw e;
      };
    }
  }

  /** Tells all IPv4 routes of all tables, one by one, for there may be very many. */
  public void forEachRoute(Consumer<Route> listener) {
    NetlinkMessage message = new NetlinkMessage("list routes", RTM_GETROUTE, NetlinkMessage.DUMP);
    socket.exchange(
        message.wantedRoute(AF_INET, 0),
        reply -> {
          if (!RouteReply.isOfOneDestination(reply)) {
            listener.accept(RouteReply.parse(reply));
          }
        });
  }

  /** Deletes a link; absent is fine. */
  public void deleteLink(String name) {
    Optional<Link> link = link(name);
    if (link.isEmpty()) {
      return;
    }
    try {
      socket.exchange(
          new NetlinkMessage("delete link " + name, RTM_DELLINK, NetlinkMessage.ACK)
              .link(link.get().index(), 0, 0));
    } catch (KernelException e) {
      if (e.errno() != Errno.ENODEV) {
        throw e; // gone meanwhile is what was wanted
      }
    }
  }

  public Optional<Link> link(String name) {
    return find(
        new NetlinkMessage("find link " + name, RTM_GETLINK, NetlinkMessage.ACK)
            .link(0, 0, 0)
            .attribute(IFLA_IFNAME, name));
  }

  /** Whether the link carries frames; one that was just set up takes some milliseconds to. */
  public boolean isRunning(Link link) {
    NetlinkMessage message =
        new NetlinkMessage("ask about link " + link.name(), RTM_GETLINK, NetlinkMessage.ACK);
    return socket.exchange(message.link(link.index(), 0, 0)).stream()
        .anyMatch(reply -> (reply.body().getInt(8) & IFF_RUNNING) != 0);
  }

  public Optional<Link> link(int index) {
    return find(
        new NetlinkMessage("find link " + index, RTM_GETLINK, NetlinkMessage.ACK)
            .link(index, 0, 0));
  }

  public List<Link> links() {
    return socket
        .exchange(new NetlinkMessage("list links", RTM_GETLINK, NetlinkMessage.DUMP).link(0, 0, 0))
        .stream()
        .map(LinkReply::parse)
        .toList();
  }

  @Override
  public void close() {
    socket.close();
  }

  private Optional<Link> find(NetlinkMessage message) {
    try {
      return socket.exchange(message).stream().map(LinkReply::parse).findFirst();
    } catch (KernelException e) {
      if (e.errno() == Errno.ENODEV) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Link require(String name) {
    return link(name).orElseThrow(() -> new KernelException("find link " + name, 19));
  }

  private static NetlinkMessage set(int index, String attempt, int flags) {
    return new NetlinkMessage(attempt, RTM_SETLINK, NetlinkMessage.ACK).link(index, flags, flags);
  }

  private static NetlinkMessage clear(int index, String attempt, int flags) {
    return new NetlinkMessage(attempt, RTM_SETLINK, NetlinkMessage.ACK).link(index, 0, flags);
  }

  private static NetlinkMessage create(String attempt, int type) {
    return new NetlinkMessage(
        attempt, type, NetlinkMessage.ACK | NetlinkMessage.CREATE | NetlinkMessage.EXCLUSIVE);
  }

  private static int family(InetAddress address) {
    return address.getAddress().length == 4 ? AF_INET : AF_INET6;
  }
}
