package org.universalnode.functions;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.PacketSocket;
import org.universalnode.linux.RouteSocket;
import org.universalnode.testbed.Host;

/**
 * Datagrams of many tenants from lan to wan and back. All tenants have the same addresses and the
 * same ports, so that nothing but the tag tells them apart. What comes back in a tenant's network
 * has to say that it is that tenant's.
 */
final class TenantTraffic implements AutoCloseable {
  private static final int CLIENT = 0x0a00_0002;
  private static final int ROUTER = 0x0a00_0001;
  private static final int SERVER = 0xc633_6402;
  private static final long FIRST_MAC = 0x0200_0000_0000L;
  private static final int FIRST_VLAN = 100;
  private static final int FLOWS = 4;
  private static final int WINDOW = 512;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Side lan;
  private final Side wan;
  private final int tenants;
  private final Map<Integer, Long> routers = new HashMap<>();
  private long right;
  private long wrong;

  TenantTraffic(Host lan, Host wan, int tenants) {
    this.lan = Side.of(lan, FIRST_MAC + 1, CLIENT);
    this.wan = Side.of(wan, FIRST_MAC + 2, SERVER);
    this.tenants = tenants;
  }

  static int vlan(int tenant) {
    return FIRST_VLAN + tenant;
  }

  /** Frames that came where they belong. */
  long right() {
    return right;
  }

  /** Frames that came to another tenant. */
  long wrong() {
    return wrong;
  }

  /** Sends until so many have come, at both sides together, or none comes any more. */
  void exchange(long packets) {
    learnRouters();
    long sent = 0;
    long before = -1;
    while (right + wrong < packets && right + wrong != before) {
      before = right + wrong;
      for (int i = 0; i < WINDOW; i++, sent++) {
        send((int) (sent % tenants), sent);
      }
      drain();
    }
  }

  @Override
  public void close() {
    lan.socket().close();
    wan.socket().close();
  }

  private void send(int tenant, long number) {
    Long router = routers.get(tenant);
    if (router != null) {
      int port = 5000 + (int) (number / tenants % FLOWS);
      TenantFrame.Ends ends = new TenantFrame.Ends(vlan(tenant), lan.mac(), router, CLIENT, SERVER);
      lan.send(TenantFrame.udp(ends, port, tenant, (int) number));
    }
  }

  private void learnRouters() {
    for (int tenant = 0; tenant < tenants; tenant++) {
      TenantFrame.Ends ends =
          new TenantFrame.Ends(vlan(tenant), lan.mac(), TenantFrame.BROADCAST, CLIENT, ROUTER);
      lan.send(TenantFrame.arp(ends, false));
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (routers.size() < tenants && System.nanoTime() < deadline) {
      lan.socket().receive(PATIENCE).ifPresent(frame -> atLan(frame.frame()));
    }
  }

  /** Until nothing has come for a while at either side. */
  private void drain() {
    boolean busy = true;
    Duration patience = Duration.ofMillis(20);
    while (busy) {
      busy = false;
      for (Optional<PacketSocket.Received> next = wan.socket().receive(patience);
          next.isPresent();
          next = wan.socket().receive(Duration.ZERO)) {
        atWan(next.get().frame());
        busy = true;
      }
      for (Optional<PacketSocket.Received> next = lan.socket().receive(patience);
          next.isPresent();
          next = lan.socket().receive(Duration.ZERO)) {
        atLan(next.get().frame());
        busy = true;
      }
      patience = Duration.ofMillis(2);
    }
  }

  private void atWan(ByteBuffer frame) {
    if (!wan.answer(frame) && TenantFrame.isUdp(frame)) {
      count(frame);
      wan.send(TenantFrame.reply(frame));
    }
  }

  private void atLan(ByteBuffer frame) {
    if (lan.answer(frame)) {
      return;
    }
    if (TenantFrame.isArpFor(frame, CLIENT)) {
      routers.put(TenantFrame.vlan(frame) - FIRST_VLAN, TenantFrame.source(frame));
    } else if (TenantFrame.isUdp(frame)) {
      count(frame);
    }
  }

  private void count(ByteBuffer frame) {
    if (vlan(TenantFrame.tenant(frame)) == TenantFrame.vlan(frame)) {
      right++;
    } else {
      wrong++;
    }
  }

  /** A host that has one address in every network. */
  private record Side(PacketSocket socket, int link, long mac, int address) {
    static Side of(Host host, long mac, int address) {
      NetworkNamespace namespace = host.namespace();
      try (RouteSocket route = namespace.routeSocket()) {
        int link = route.link("eth0").orElseThrow().index();

        return new Side(namespace.call(PacketSocket::open), link, mac, address);
      }
    }

    void send(byte[] frame) {
      socket.send(link, frame);
    }

    /** Tells who asks for its address where it is. */
    boolean answer(ByteBuffer frame) {
      if (!TenantFrame.isArpFor(frame, address) || !TenantFrame.isQuestion(frame)) {
        return false;
      }
      TenantFrame.Ends ends =
          new TenantFrame.Ends(
              TenantFrame.vlan(frame),
              mac,
              TenantFrame.source(frame),
              address,
              TenantFrame.asker(frame));
      send(TenantFrame.arp(ends, true));
      return true;
    }
  }
}
