package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;

/**
 * The bits of {@code struct headers} that a match looks at, and what they must be.
 *
 * @param mask bits that count
 * @param value their values; zero where the mask is
 */
record HeaderBits(HeaderImage mask, HeaderImage value) {

  /**
   * Where a field is.
   *
   * @param shift its lowest bit, in the last of the bytes
   * @param order of the bytes
   */
  record Place(int offset, int bytes, int shift, ByteOrder order) {
    private static Place network(int offset, int bytes) {
      return new Place(offset, bytes, 0, ByteOrder.BIG_ENDIAN);
    }

    private static Place machine(int offset, int bytes) {
      return new Place(offset, bytes, 0, ByteOrder.nativeOrder());
    }

    /** The bytes of a value of the field. */
    byte[] bytes(Bits value) {
      byte[] written = new byte[bytes];
      for (int i = 0; i < bytes; i++) {
        int index = order.equals(ByteOrder.BIG_ENDIAN) ? bytes - 1 - i : i;
        int bit = i * Byte.SIZE;
        long word = bit < Long.SIZE ? value.low() : value.high();
        written[index] = (byte) ((word >>> (bit % Long.SIZE)) << shift);
      }
      return written;
    }
  }

  /** Fields share places: which of them a frame has is said by the fields that these need. */
  static Place place(HeaderField field) {
    return switch (field) {
      case DEST_MAC -> Place.network(0, 6);
      case SOURCE_MAC -> Place.network(6, 6);
      case ETHER_TYPE -> Place.network(12, 2);
      case VLAN -> Place.machine(14, 2);
      case IPV4_SOURCE, ARP_SOURCE_IP -> Place.network(16, 4);
      case IPV6_SOURCE -> Place.network(16, 16);
      case IPV4_DEST, ARP_TARGET_IP -> Place.network(32, 4);
      case IPV6_DEST -> Place.network(32, 16);
      case SOURCE_PORT, ARP_OPCODE -> Place.network(48, 2);
      case ICMPV4_TYPE, ICMPV6_TYPE -> Place.network(48, 1);
      case ICMPV4_CODE, ICMPV6_CODE -> Place.network(49, 1);
      case DEST_PORT -> Place.network(50, 2);
      case PROTOCOL -> Place.network(52, 1);
      case IP_DSCP -> new Place(53, 1, 2, ByteOrder.BIG_ENDIAN);
      case IP_ECN -> Place.network(53, 1);
      case VLAN_PRIORITY -> Place.network(54, 1);
      case MPLS_TRAFFIC_CLASS -> Place.network(55, 1);
      case IPV6_FLOW_LABEL, MPLS_LABEL -> Place.machine(56, 4);
      case ND_TARGET -> Place.network(64, 16);
      case ARP_SOURCE_MAC, ND_SOURCE_MAC -> Place.network(80, 6);
      case ARP_TARGET_MAC, ND_TARGET_MAC -> Place.network(86, 6);
    };
  }

  static HeaderBits of(MatchFields match) {
    ByteBuffer mask = ByteBuffer.allocate(HeaderImage.BYTES);
    ByteBuffer value = ByteBuffer.allocate(HeaderImage.BYTES);
    match
        .fields()
        .forEach(
            (field, wanted) -> {
              put(mask, place(field), wanted.mask());
              put(value, place(field), wanted.value());
            });
    return new HeaderBits(new HeaderImage(mask), new HeaderImage(value));
  }

  /** Two fields may have bits in one byte. */
  private static void put(ByteBuffer headers, Place place, Bits value) {
    byte[] bytes = place.bytes(value);
    for (int i = 0; i < bytes.length; i++) {
      int at = place.offset() + i;
      headers.put(at, (byte) (headers.get(at) | bytes[i]));
    }
  }
}
