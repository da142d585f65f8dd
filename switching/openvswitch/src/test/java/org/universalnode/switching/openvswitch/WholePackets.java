package org.universalnode.switching.openvswitch;

import java.nio.ByteBuffer;
import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.switching.reference.Frame;

/**
 * Frames in which Open vSwitch finds the headers that the reference finds. It takes nothing from an
 * IP packet that says that it is longer than it is, and no padding for a header; a transport header
 * it takes only whole.
 */
final class WholePackets {
  private static final int TYPE_AT = 12;
  private static final int LEAST_TYPE = 0x600;
  private static final int IPV4_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int TCP_BYTES = 20;
  private static final int DISCOVERY_BYTES = 24;
  private static final int MOST_EXTENSIONS = 6;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;

  private final ByteBuffer frame;

  private WholePackets(Frame frame) {
    this.frame = ByteBuffer.wrap(frame.bytes());
  }

  static boolean contains(Frame frame) {
    return frame.size() < TYPE_AT + 2 || new WholePackets(frame).isWhole();
  }

  private boolean isWhole() {
    int at = TYPE_AT;
    while (at + 6 <= frame.limit() && isTag(half(at))) {
      at += 4;
    }
    int payload = at + 2;
    return switch (half(at)) {
      case EtherType.IPV4 -> isWholeIpv4(payload, frame.limit() - payload);
      case EtherType.IPV6 -> isWholeIpv6(payload, frame.limit() - payload);
      default -> half(at) >= LEAST_TYPE;
    };
  }

  private boolean isWholeIpv4(int at, int bytes) {
    if (bytes < IPV4_BYTES) {
      return false;
    }
    int header = 4 * (octet(at) & 0xf);
    int total = half(at + 2);
    int protocol = octet(at + 9);
    boolean later = (half(at + 6) & 0x1fff) != 0;
    return header >= IPV4_BYTES
        && header <= total
        && total <= bytes
        && protocol != 0
        && (later || isWholeTransport(protocol, at + header, total - header));
  }

  private boolean isWholeIpv6(int at, int bytes) {
    if (bytes < IPV6_BYTES) {
      return false;
    }
    int length = half(at + 4);
    return length <= bytes - IPV6_BYTES && isWhole(octet(at + 6), at + IPV6_BYTES, length);
  }

  /**
   * What follows an IPv6 header. Of a later fragment Open vSwitch does not see the protocol; behind
   * a routing header, or in the only fragment of a packet, it does not mend sums. The reference
   * skips up to six extensions, Open vSwitch all.
   */
  private boolean isWhole(int first, int begin, int size) {
    int kind = first;
    int at = begin;
    int bytes = size;
    for (int skipped = 0; isExtension(kind); skipped++) {
      if (skipped == MOST_EXTENSIONS || bytes < 8 || !isReadAlike(kind, at)) {
        return false;
      }
      int length = extensionBytes(kind, octet(at + 1));
      kind = octet(at);
      at += length;
      bytes -= length;
    }
    return bytes >= 0
        && isWholeTransport(kind, at, bytes)
        && (kind != IpProtocol.ICMPV6 || isWholeDiscovery(at, bytes));
  }

  private static boolean isExtension(int kind) {
    return switch (kind) {
      case 0, ROUTING, FRAGMENT, AUTHENTICATION, 60 -> true;
      default -> false;
    };
  }

  private boolean isReadAlike(int kind, int at) {
    boolean firstOfSeveral = (half(at + 2) & 0xfff9) == 1;
    return kind != ROUTING && (kind != FRAGMENT || firstOfSeveral);
  }

  private static int extensionBytes(int kind, int length) {
    return switch (kind) {
      case FRAGMENT -> 8;
      case AUTHENTICATION -> 4 * (length + 2);
      default -> 8 * (length + 1);
    };
  }

  private boolean isWholeTransport(int protocol, int at, int bytes) {
    return switch (protocol) {
      case IpProtocol.TCP -> bytes >= TCP_BYTES && isWholeTcp(4 * (octet(at + 12) >>> 4), bytes);
      case IpProtocol.SCTP -> bytes >= 12;
      case IpProtocol.UDP, IpProtocol.ICMP, IpProtocol.ICMPV6 -> bytes >= 8;
      default -> true;
    };
  }

  private static boolean isWholeTcp(int header, int bytes) {
    return header >= TCP_BYTES && header <= bytes;
  }

  /** Discovery messages have code 0 to Open vSwitch, and their options are as long as they say. */
  private boolean isWholeDiscovery(int at, int bytes) {
    if (octet(at) != 135 && octet(at) != 136) {
      return true;
    }
    if (octet(at + 1) != 0 || bytes < DISCOVERY_BYTES) {
      return false;
    }
    int seen = 0;
    for (int option = at + DISCOVERY_BYTES; option + 8 <= at + bytes; ) {
      int length = 8 * octet(option + 1);
      seen += octet(option) == octet(at) - 134 && length == 8 ? 1 : 0;
      if (length == 0 || option + length > at + bytes || seen > 1) {
        return false;
      }
      option += length;
    }
    return true;
  }

  static boolean isTag(int type) {
    return type == 0x8100 || type == 0x88a8;
  }

  private int octet(int at) {
    return frame.get(at) & 0xff;
  }

  private int half(int at) {
    return frame.getShort(at) & 0xffff;
  }
}
