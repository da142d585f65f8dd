package org.universalnode.switching.reference;

import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.IpAddress;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.nffg.Ipv6Address;

/** Writes an IP packet; checksums are left zero. */
final class PacketWriter {
  private static final int IPV4 = 20;
  private static final int TTL = 64;
  private static final int DONT_FRAGMENT = 0x4000;

  private final IpAddress source;
  private final IpAddress dest;
  private final FrameWriter payload = new FrameWriter();
  private int protocol;

  /** Of two addresses of one version. */
  PacketWriter(IpAddress source, IpAddress dest) {
    if (source instanceof Ipv4Address != dest instanceof Ipv4Address) {
      throw PacketWords.problem(
          source + " and " + dest + " are addresses of two IP versions", "write two of the same");
    }
    this.source = source;
    this.dest = dest;
  }

  /** An Ethernet/IPv4 message as far as its addresses. */
  static FrameWriter arp(int opcode) {
    return new FrameWriter().numbers(2, 1, EtherType.IPV4).numbers(1, 6, 4).numbers(2, opcode);
  }

  boolean isIpv6() {
    return source instanceof Ipv6Address;
  }

  int etherType() {
    return isIpv6() ? EtherType.IPV6 : EtherType.IPV4;
  }

  void payload(int number) {
    protocol = number;
  }

  /** A SYN. */
  void tcp(int sourcePort, int destPort) {
    protocol = IpProtocol.TCP;
    payload.numbers(2, sourcePort, destPort).numbers(4, 0, 0);
    payload.numbers(2, 0x5002, 0xffff, 0, 0);
  }

  void udp(int sourcePort, int destPort) {
    protocol = IpProtocol.UDP;
    payload.numbers(2, sourcePort, destPort, 8, 0);
  }

  /** The common header alone. */
  void sctp(int sourcePort, int destPort) {
    protocol = IpProtocol.SCTP;
    payload.numbers(2, sourcePort, destPort).numbers(4, 0, 0);
  }

  void icmp(int type, int code) {
    protocol = isIpv6() ? IpProtocol.ICMPV6 : IpProtocol.ICMP;
    payload.numbers(1, type, code).numbers(2, 0, 0, 0);
  }

  byte[] written(int dscp) {
    FrameWriter packet = new FrameWriter();
    if (source instanceof Ipv4Address from && dest instanceof Ipv4Address to) {
      packet.numbers(1, 0x45, dscp << 2).numbers(2, IPV4 + payload.size(), 0, DONT_FRAGMENT);
      packet.numbers(1, TTL, protocol).numbers(2, 0).numbers(4, from.bits(), to.bits());
    } else if (source instanceof Ipv6Address from && dest instanceof Ipv6Address to) {
      packet.numbers(4, 0x6000_0000L | dscp << 22).numbers(2, payload.size());
      packet.numbers(1, protocol, TTL).wide(from.bits(), to.bits());
    }
    return packet.bytes(payload.written()).written();
  }
}
