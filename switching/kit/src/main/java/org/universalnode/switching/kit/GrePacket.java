package org.universalnode.switching.kit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.universalnode.nffg.EndPoint.Kind.GreTunnel;
import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.IpAddress;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.nffg.Ipv6Address;
import org.universalnode.nffg.MacAddress;
import org.universalnode.switching.reference.Frame;

/**
 * Packets of GRE tunnels, as RFC 2784 and 2890 have them, written byte by byte.
 *
 * @param tunnel as the machine under test sees it
 */
public record GrePacket(Wires.Underlay underlay, GreTunnel tunnel) {
  private static final int GRE = 47;
  private static final int OPTIONS = 60;
  private static final int KEY = 0x2000;
  private static final int KEY_AND_ALL = 0xb000;
  private static final int BRIDGED = 0x6558;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int USUAL_TTL = 64;
  private static final int IPV4_BYTES = 20;
  private static final int ROOM = 200;

  /** What the machine sends for a frame. */
  Frame sent(Frame inner) {
    byte[] gre = gre(KEY, inner);
    int ttl = tunnel.ttl().orElse(USUAL_TTL);
    byte[] ip = ip(tunnel.local(), tunnel.remote(), ttl, gre);
    return ethernet(underlay.neighbourMac(), underlay.mac(), ip);
  }

  /** What the far end of the tunnel sends for a frame. */
  public Frame received(Frame inner) {
    return received(gre(KEY, inner));
  }

  /** With all parts that RFC 2784 and 2890 allow: checksum and sequence number too. */
  Frame receivedWithAllParts(Frame inner) {
    return received(gre(KEY_AND_ALL, inner));
  }

  /** With an option as Linux puts it before the GRE header (RFC 2473 section 4.1.1). */
  Frame receivedWithOption(Frame inner) {
    byte[] option = {GRE, 0, 4, 1, 4, 1, 0, 0};
    byte[] gre = gre(KEY, inner);
    byte[] both = ByteBuffer.allocate(option.length + gre.length).put(option).put(gre).array();
    Ipv6Address from = (Ipv6Address) tunnel.remote();
    byte[] ip = ipv6(from, (Ipv6Address) tunnel.local(), OPTIONS, USUAL_TTL, both);
    return ethernet(underlay.mac(), underlay.neighbourMac(), ip);
  }

  /** With another byte at an offset from the start of the GRE header. */
  Frame changed(Frame inner, int at, int value) {
    byte[] gre = gre(KEY, inner);
    gre[at] = (byte) value;
    return received(gre);
  }

  private Frame received(byte[] gre) {
    byte[] ip = ip(tunnel.remote(), tunnel.local(), USUAL_TTL, gre);
    return ethernet(underlay.mac(), underlay.neighbourMac(), ip);
  }

  private byte[] gre(int flags, Frame inner) {
    ByteBuffer gre = ByteBuffer.allocate(ROOM + inner.size());
    gre.putShort((short) flags).putShort((short) BRIDGED);
    boolean all = flags == KEY_AND_ALL;
    if (all) {
      gre.putInt(0);
    }
    gre.putInt((int) tunnel.key());
    if (all) {
      gre.putInt(1);
    }
    gre.put(inner.bytes());
    byte[] whole = Arrays.copyOf(gre.array(), gre.position());
    if (all) {
      ByteBuffer.wrap(whole).putShort(4, sum(whole));
    }
    return whole;
  }

  private static byte[] ip(IpAddress from, IpAddress to, int ttl, byte[] payload) {
    return switch (from) {
      case Ipv4Address source -> ipv4(source, (Ipv4Address) to, ttl, payload);
      case Ipv6Address source -> ipv6(source, (Ipv6Address) to, GRE, ttl, payload);
    };
  }

  private static byte[] ipv4(Ipv4Address from, Ipv4Address to, int ttl, byte[] payload) {
    ByteBuffer ip = ByteBuffer.allocate(IPV4_BYTES);
    ip.putShort((short) 0x4500).putShort((short) (IPV4_BYTES + payload.length));
    ip.putShort((short) 0).putShort((short) DONT_FRAGMENT);
    ip.put((byte) ttl).put((byte) GRE).putShort((short) 0).putInt(from.bits()).putInt(to.bits());
    ip.putShort(10, sum(ip.array()));
    return ByteBuffer.allocate(IPV4_BYTES + payload.length).put(ip.array()).put(payload).array();
  }

  private static byte[] ipv6(Ipv6Address from, Ipv6Address to, int next, int ttl, byte[] payload) {
    ByteBuffer ip = ByteBuffer.allocate(40 + payload.length);
    ip.putInt(0x60000000).putShort((short) payload.length).put((byte) next).put((byte) ttl);
    ip.putLong(from.bits().high()).putLong(from.bits().low());
    ip.putLong(to.bits().high()).putLong(to.bits().low());
    return ip.put(payload).array();
  }

  private static Frame ethernet(MacAddress to, MacAddress from, byte[] ip) {
    int type = ip[0] >>> 4 == 4 ? EtherType.IPV4 : EtherType.IPV6;
    ByteBuffer frame = ByteBuffer.allocate(14 + ip.length);
    for (MacAddress mac : new MacAddress[] {to, from}) {
      frame.putShort((short) (mac.bits() >>> 32)).putInt((int) mac.bits());
    }
    return Frame.of(frame.putShort((short) type).put(ip).array());
  }

  /** RFC 1071. */
  private static short sum(byte[] bytes) {
    ByteBuffer even = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + bytes.length % 2));
    int sum = 0;
    while (even.hasRemaining()) {
      sum += even.getShort() & 0xffff;
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    return (short) ~(sum + (sum >>> 16));
  }
}
