package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.universalnode.nffg.Ipv4Prefix;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.MatchFields;
import org.universalnode.nffg.VlanMatch;

/**
 * The bits of {@code struct headers} that a match looks at, and what they must be.
 *
 * @param mask bits that count
 * @param value their values; zero where the mask is
 */
record HeaderBits(ByteBuffer mask, ByteBuffer value) {
  static final int BYTES = 32;

  private static final int DEST_MAC = 0;
  private static final int SOURCE_MAC = 6;
  private static final int ETHER_TYPE = 12;
  private static final int VLAN = 14;
  private static final int SOURCE_IP = 16;
  private static final int DEST_IP = 20;
  private static final int SOURCE_PORT = 24;
  private static final int DEST_PORT = 26;
  private static final int PROTOCOL = 28;
  private static final int TAGGED = 0x1000;
  private static final int TAG_AND_ID = 0x1fff;

  static HeaderBits of(MatchFields match) {
    HeaderBits bits = new HeaderBits(ByteBuffer.allocate(BYTES), ByteBuffer.allocate(BYTES));
    match.destMac().ifPresent(mac -> bits.mac(DEST_MAC, mac));
    match.sourceMac().ifPresent(mac -> bits.mac(SOURCE_MAC, mac));
    match.etherType().ifPresent(type -> bits.number(ETHER_TYPE, type));
    match.vlan().ifPresent(bits::vlan);
    match.sourceIp().ifPresent(prefix -> bits.prefix(SOURCE_IP, prefix));
    match.destIp().ifPresent(prefix -> bits.prefix(DEST_IP, prefix));
    match.sourcePort().ifPresent(port -> bits.number(SOURCE_PORT, port));
    match.destPort().ifPresent(port -> bits.number(DEST_PORT, port));
    match.protocol().ifPresent(bits::protocol);
    return bits;
  }

  private void mac(int at, MacAddress mac) {
    for (int i = 0; i < 6; i++) {
      mask.put(at + i, (byte) 0xff);
      value.put(at + i, (byte) (mac.bits() >>> (40 - 8 * i)));
    }
  }

  /** A 16-bit field in network order. */
  private void number(int at, int number) {
    mask.putShort(at, (short) 0xffff);
    value.putShort(at, (short) number);
  }

  private void prefix(int at, Ipv4Prefix prefix) {
    mask.putInt(at, prefix.length() == 0 ? 0 : -1 << (32 - prefix.length()));
    value.putInt(at, prefix.network().bits());
  }

  private void protocol(int number) {
    mask.put(PROTOCOL, (byte) 0xff);
    value.put(PROTOCOL, (byte) number);
  }

  private void vlan(VlanMatch vlan) {
    switch (vlan) {
      case VlanMatch.Tagged _ -> vlan(TAGGED, TAGGED);
      case VlanMatch.Untagged _ -> vlan(TAGGED, 0);
      case VlanMatch.Vlan(int id) -> vlan(TAG_AND_ID, TAGGED | id);
    }
  }

  /** The one field in machine order. */
  private void vlan(int bits, int wanted) {
    mask.duplicate().order(ByteOrder.nativeOrder()).putShort(VLAN, (short) bits);
    value.duplicate().order(ByteOrder.nativeOrder()).putShort(VLAN, (short) wanted);
  }
}
