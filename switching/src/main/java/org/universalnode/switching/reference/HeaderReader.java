package org.universalnode.switching.reference;

import java.nio.ByteBuffer;
import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.switching.reference.Headers.Layout;

/** Finds the header fields of a frame, as {@link Headers} says. */
final class HeaderReader {
  static final int ETHERNET = 14;
  static final int TAG = 4;
  static final int IPV6 = 40;
  private static final int TYPE_AT = 12;
  private static final int IPV4 = 20;
  private static final int ARP = 28;
  private static final long ARP_OF_IPV4 = 0x0001_0800_06_04L;
  private static final int MOST_EXTENSIONS = 6;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int MOST_OPTIONS = 4;
  private static final int SOLICITATION = 135;
  private static final int ADVERTISEMENT = 136;
  private static final int SOURCE_OPTION = 1;
  private static final int TARGET_OPTION = 2;

  private final ByteBuffer frame;
  private final long[] words = Headers.noWords();
  private int present;
  private final int tags;
  private final int payload;
  private int transport;
  private boolean fragment;

  private HeaderReader(byte[] bytes, int tags) {
    this.frame = ByteBuffer.wrap(bytes);
    this.tags = tags;
    this.payload = ETHERNET + TAG * tags;
  }

  /** The headers of a frame that is known to have so many tags. */
  static Headers read(byte[] bytes, int tags) {
    if (bytes.length < ETHERNET) {
      return new Headers(
          Headers.noWords(), 0, new Layout(0, 0, 0, false), "it has fewer than 14 bytes");
    }
    HeaderReader reader = new HeaderReader(bytes, tags);
    reader.ethernet();
    reader.payload();
    Layout layout = new Layout(tags, reader.payload, reader.transport, reader.fragment);
    return new Headers(reader.words, reader.present, layout, "");
  }

  /** How many tags a frame has that comes in. */
  static int tags(byte[] bytes) {
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    int tags = 0;
    int at = TYPE_AT;
    while (tags < Frame.MOST_TAGS && at + TAG + 2 <= bytes.length && isTag(frame.getShort(at))) {
      at += TAG;
      tags++;
    }
    return tags;
  }

  static boolean isTag(long type) {
    return (type & 0xffff) == 0x8100 || (type & 0xffff) == 0x88a8;
  }

  private void ethernet() {
    put(HeaderField.ETHER_TYPE, number16(payload - 2));
    put(HeaderField.DEST_MAC, number48(0));
    put(HeaderField.SOURCE_MAC, number48(6));
    outermostTag();
  }

  private void outermostTag() {
    if (tags == 0) {
      put(HeaderField.VLAN, 0);
      return;
    }
    int control = number16(ETHERNET);
    put(HeaderField.VLAN, HeaderField.VLAN_PRESENT | (control & 0x0fff));
    put(HeaderField.VLAN_PRIORITY, control >>> 13);
  }

  private void payload() {
    switch (number16(payload - 2)) {
      case EtherType.IPV4 -> ipv4();
      case EtherType.IPV6 -> ipv6();
      case EtherType.ARP -> arp();
      case EtherType.MPLS, EtherType.MPLS_MULTICAST -> mpls();
      default -> {}
    }
  }

  private void ipv4() {
    if (!has(payload, IPV4)) {
      return;
    }
    int protocol = number8(payload + 9);
    trafficClass(number8(payload + 1));
    put(HeaderField.PROTOCOL, protocol);
    put(HeaderField.IPV4_SOURCE, number32(payload + 12));
    put(HeaderField.IPV4_DEST, number32(payload + 16));
    int words = number8(payload) & 15;
    int place = number16(payload + 6);
    fragment = (place & 0x3fff) != 0;
    boolean later = (place & 0x1fff) != 0;
    if (later || words < IPV4 / 4) {
      return;
    }
    transport = payload + 4 * words;
    ports(protocol);
    if (protocol == IpProtocol.ICMP) {
      icmp(HeaderField.ICMPV4_TYPE, HeaderField.ICMPV4_CODE);
    }
  }

  private void ipv6() {
    if (!has(payload, IPV6)) {
      return;
    }
    trafficClass(number16(payload) >>> 4 & 255);
    put(HeaderField.IPV6_FLOW_LABEL, number32(payload) & 0xfffff);
    put128(HeaderField.IPV6_SOURCE, payload + 8);
    put128(HeaderField.IPV6_DEST, payload + 24);
    int protocol = skipExtensions(number8(payload + 6));
    put(HeaderField.PROTOCOL, protocol);
    if (transport == 0) {
      return;
    }
    ports(protocol);
    if (protocol == IpProtocol.ICMPV6) {
      icmp(HeaderField.ICMPV6_TYPE, HeaderField.ICMPV6_CODE);
      discovery();
    }
  }

  /** Sets the transport header's place if there is one; the number of what is found last. */
  private int skipExtensions(int first) {
    int kind = first;
    int at = payload + IPV6;
    for (int i = 0; i < MOST_EXTENSIONS && isExtension(kind); i++) {
      if (!has(at, 4)) {
        return kind;
      }
      int next = number8(at);
      int place = kind == FRAGMENT ? number16(at + 2) : 0;
      fragment |= (place & 0xfff9) != 0;
      if ((place & 0xfff8) != 0) {
        return next;
      }
      at += extensionBytes(kind, number8(at + 1));
      kind = next;
    }
    transport = at;
    return kind;
  }

  private static boolean isExtension(int kind) {
    return switch (kind) {
      case 0, 43, FRAGMENT, AUTHENTICATION, 60 -> true;
      default -> false;
    };
  }

  private static int extensionBytes(int kind, int length) {
    return switch (kind) {
      case FRAGMENT -> 8;
      case AUTHENTICATION -> 4 * (length + 2);
      default -> 8 * (length + 1);
    };
  }

  private void trafficClass(int bits) {
    put(HeaderField.IP_DSCP, bits >>> 2);
    put(HeaderField.IP_ECN, bits & 3);
  }

  private void ports(int protocol) {
    if (IpProtocol.hasPorts(protocol) && has(transport, 4)) {
      put(HeaderField.SOURCE_PORT, number16(transport));
      put(HeaderField.DEST_PORT, number16(transport + 2));
    }
  }

  private void icmp(HeaderField type, HeaderField code) {
    if (has(transport, 2)) {
      put(type, number8(transport));
      put(code, number8(transport + 1));
    }
  }

  private void discovery() {
    long type = words[Headers.word(HeaderField.ICMPV6_TYPE, 0)];
    if ((type != SOLICITATION && type != ADVERTISEMENT) || !has(transport + 8, 16)) {
      return;
    }
    put128(HeaderField.ND_TARGET, transport + 8);
    int at = transport + 24;
    for (int i = 0; i < MOST_OPTIONS && has(at, 8) && number8(at + 1) != 0; i++) {
      int kind = number8(at);
      if (type == SOLICITATION && kind == SOURCE_OPTION) {
        put(HeaderField.ND_SOURCE_MAC, number48(at + 2));
      } else if (type == ADVERTISEMENT && kind == TARGET_OPTION) {
        put(HeaderField.ND_TARGET_MAC, number48(at + 2));
      }
      at += 8 * number8(at + 1);
    }
  }

  private void arp() {
    if (!has(payload, ARP) || number48(payload) != ARP_OF_IPV4) {
      return;
    }
    put(HeaderField.ARP_OPCODE, number16(payload + 6));
    put(HeaderField.ARP_SOURCE_MAC, number48(payload + 8));
    put(HeaderField.ARP_SOURCE_IP, number32(payload + 14));
    put(HeaderField.ARP_TARGET_MAC, number48(payload + 18));
    put(HeaderField.ARP_TARGET_IP, number32(payload + 24));
  }

  private void mpls() {
    if (has(payload, 4)) {
      long entry = number32(payload);
      put(HeaderField.MPLS_LABEL, entry >>> 12);
      put(HeaderField.MPLS_TRAFFIC_CLASS, entry >>> 9 & 7);
    }
  }

  private void put(HeaderField field, long value) {
    words[Headers.word(field, 0)] = value;
    present |= Headers.bit(field);
  }

  private void put128(HeaderField field, int at) {
    words[Headers.word(field, 127)] = frame.getLong(at);
    put(field, frame.getLong(at + 8));
  }

  private boolean has(int at, int bytes) {
    return at + bytes <= frame.limit();
  }

  private int number8(int at) {
    return frame.get(at) & 0xff;
  }

  private int number16(int at) {
    return frame.getShort(at) & 0xffff;
  }

  private long number32(int at) {
    return frame.getInt(at) & 0xffffffffL;
  }

  private long number48(int at) {
    return (long) number16(at) << 32 | number32(at + 2);
  }
}
