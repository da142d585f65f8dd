package org.universalnode.switching.reference;

import java.nio.ByteBuffer;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.HeaderField;

/** What actions do to the bytes of a frame, as {@link Frame} says. */
final class Rewrite {
  private static final int TAG_AT = 12;
  private static final int TAG_TYPE = 0x8100;

  private final Headers headers;
  private final ByteBuffer frame;

  private Rewrite(Frame frame) {
    this.headers = frame.headers();
    this.frame = ByteBuffer.wrap(frame.bytes());
  }

  static Frame push(Frame frame, int vlan) {
    byte[] from = frame.raw();
    ByteBuffer to = ByteBuffer.allocate(from.length + HeaderReader.TAG);
    to.put(from, 0, TAG_AT).putShort((short) TAG_TYPE).putShort((short) (vlan & 0x0fff));
    to.put(from, TAG_AT, from.length - TAG_AT);
    return Frame.owning(to.array(), frame.headers().tags() + 1);
  }

  static Frame pop(Frame frame) {
    byte[] from = frame.raw();
    int rest = TAG_AT + HeaderReader.TAG;
    ByteBuffer to = ByteBuffer.allocate(from.length - HeaderReader.TAG);
    to.put(from, 0, TAG_AT).put(from, rest, from.length - rest);
    return Frame.owning(to.array(), frame.headers().tags() - 1);
  }

  static Frame set(Frame frame, HeaderField field, Bits value) {
    boolean absent =
        field == HeaderField.VLAN ? frame.headers().tags() == 0 : !frame.headers().has(field);
    Bits bits = field == HeaderField.VLAN ? tagged(value) : value;
    if (absent || frame.headers().get(field).equals(bits)) {
      return frame;
    }
    Rewrite rewrite = new Rewrite(frame);
    rewrite.set(field, bits);
    return Frame.owning(rewrite.frame.array(), frame.headers().tags());
  }

  private static Bits tagged(Bits vlan) {
    return Bits.of(HeaderField.VLAN_PRESENT | (vlan.low() & 0x0fff));
  }

  private void set(HeaderField field, Bits value) {
    int number = (int) value.low();
    int payload = headers.layout().payload();
    switch (field) {
      case VLAN -> setTag(0x0fff, number & 0x0fff);
      case VLAN_PRIORITY -> setTag(0xe000, number << 13);
      case DEST_MAC -> put48(0, value.low());
      case SOURCE_MAC -> put48(6, value.low());
      case IP_DSCP -> setDscp(number);
      case IPV4_SOURCE -> setIpv4(payload + 12, number);
      case IPV4_DEST -> setIpv4(payload + 16, number);
      case IPV6_SOURCE -> setIpv6(payload + 8, value);
      case IPV6_DEST -> setIpv6(payload + 24, value);
      case SOURCE_PORT -> setPort(headers.layout().transport(), number);
      case DEST_PORT -> setPort(headers.layout().transport() + 2, number);
      case ETHER_TYPE,
          IP_ECN,
          PROTOCOL,
          ICMPV4_TYPE,
          ICMPV4_CODE,
          ICMPV6_TYPE,
          ICMPV6_CODE,
          ARP_OPCODE,
          ARP_SOURCE_IP,
          ARP_TARGET_IP,
          ARP_SOURCE_MAC,
          ARP_TARGET_MAC,
          IPV6_FLOW_LABEL,
          ND_TARGET,
          ND_SOURCE_MAC,
          ND_TARGET_MAC,
          MPLS_LABEL,
          MPLS_TRAFFIC_CLASS ->
          throw new IllegalArgumentException("no action sets " + field);
    }
  }

  private void setTag(int mask, int bits) {
    put16(HeaderReader.ETHERNET, (number16(HeaderReader.ETHERNET) & ~mask) | bits);
  }

  private void setDscp(int dscp) {
    int at = headers.layout().payload();
    if (headers.number(HeaderField.ETHER_TYPE) == EtherType.IPV6) {
      put16(at, (number16(at) & 0xf03f) | dscp << 6);
      return;
    }
    int before = Checksums.without(frame, at, 2);
    put16(at, (number16(at) & 0xff03) | dscp << 2);
    Checksums.mendIpv4(frame, headers, before + Checksums.sum(frame, at, 2));
  }

  private void setIpv4(int at, int address) {
    int before = Checksums.without(frame, at, 4);
    frame.putInt(at, address);
    int difference = before + Checksums.sum(frame, at, 4);
    Checksums.mendIpv4(frame, headers, difference);
    Checksums.mendTransport(frame, headers, difference);
  }

  private void setIpv6(int at, Bits address) {
    int before = Checksums.without(frame, at, 16);
    frame.putLong(at, address.high()).putLong(at + 8, address.low());
    Checksums.mendTransport(frame, headers, before + Checksums.sum(frame, at, 16));
  }

  private void setPort(int at, int port) {
    int before = Checksums.without(frame, at, 2);
    put16(at, port);
    Checksums.mendTransport(frame, headers, before + Checksums.sum(frame, at, 2));
  }

  private int number16(int at) {
    return frame.getShort(at) & 0xffff;
  }

  private void put16(int at, int value) {
    frame.putShort(at, (short) value);
  }

  private void put48(int at, long value) {
    put16(at, (int) (value >>> 32));
    frame.putInt(at + 2, (int) value);
  }
}
