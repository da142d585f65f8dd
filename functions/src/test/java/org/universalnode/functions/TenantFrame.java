package org.universalnode.functions;

import java.nio.ByteBuffer;

/**
 * Frames of many networks with the same addresses, told apart by their VLAN tags. Hardware
 * addresses are the low six bytes of a number, IPv4 addresses a number.
 */
final class TenantFrame {
  static final long BROADCAST = 0xffff_ffff_ffffL;
  private static final short TAG = (short) 0x8100;
  private static final short ARP = 0x0806;
  private static final short IPV4 = 0x0800;
  private static final byte UDP = 17;
  private static final int IP_AT = 18;
  private static final int UDP_AT = 38;
  private static final int PAYLOAD_AT = 46;
  private static final int BYTES = 60;

  private TenantFrame() {}

  /** Who sends to whom. */
  record Ends(int vlan, long source, long to, int from, int at) {}

  /** A question for the hardware address of an IPv4 address, or the answer to one. */
  static byte[] arp(Ends ends, boolean answer) {
    byte[] bytes = new byte[BYTES];
    ByteBuffer frame = ethernet(bytes, ends, ARP);
    frame.putShort((short) 1).putShort(IPV4).put((byte) 6).put((byte) 4);
    frame.putShort((short) (answer ? 2 : 1));
    mac(frame, ends.source()).putInt(ends.from());
    mac(frame, answer ? ends.to() : 0).putInt(ends.at());
    return bytes;
  }

  /** A datagram to a DNS server's port that says whose it is. */
  static byte[] udp(Ends ends, int port, int tenant, int number) {
    byte[] bytes = new byte[BYTES];
    ByteBuffer frame = ethernet(bytes, ends, IPV4);
    frame.put((byte) 0x45).put((byte) 0).putShort((short) (BYTES - IP_AT)).putInt(0);
    frame.put((byte) 64).put(UDP).putShort((short) 0).putInt(ends.from()).putInt(ends.at());
    frame.putShort(IP_AT + 10, checksum(frame));
    frame.putShort((short) port).putShort((short) 53);
    frame.putShort((short) (BYTES - UDP_AT)).putShort((short) 0).putInt(tenant).putInt(number);
    return bytes;
  }

  static int vlan(ByteBuffer frame) {
    return frame.getShort(12) == TAG ? frame.getShort(14) & 0xfff : 0;
  }

  static boolean isArpFor(ByteBuffer frame, int address) {
    return frame.limit() >= IP_AT + 28
        && frame.getShort(16) == ARP
        && frame.getInt(IP_AT + 24) == address;
  }

  static boolean isQuestion(ByteBuffer frame) {
    return frame.getShort(IP_AT + 6) == 1;
  }

  static boolean isUdp(ByteBuffer frame) {
    return frame.limit() >= PAYLOAD_AT + 8
        && frame.getShort(16) == IPV4
        && frame.get(IP_AT + 9) == UDP;
  }

  static int tenant(ByteBuffer frame) {
    return frame.getInt(PAYLOAD_AT);
  }

  static long source(ByteBuffer frame) {
    return frame.getLong(4) & BROADCAST;
  }

  /** Who asks, in a question for a hardware address. */
  static int asker(ByteBuffer frame) {
    return frame.getInt(IP_AT + 14);
  }

  /** The same datagram on its way back. */
  static byte[] reply(ByteBuffer frame) {
    byte[] back = new byte[frame.limit()];
    frame.get(0, back);
    swap(back, 0, 6);
    swap(back, IP_AT + 12, 4);
    swap(back, UDP_AT, 2);
    return back;
  }

  /** Two neighbours of that length. */
  private static void swap(byte[] bytes, int one, int length) {
    for (int i = one; i < one + length; i++) {
      byte kept = bytes[i];
      bytes[i] = bytes[i + length];
      bytes[i + length] = kept;
    }
  }

  private static ByteBuffer ethernet(byte[] bytes, Ends ends, short type) {
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    mac(mac(frame, ends.to()), ends.source());
    return frame.putShort(TAG).putShort((short) ends.vlan()).putShort(type);
  }

  private static ByteBuffer mac(ByteBuffer frame, long address) {
    return frame.putShort((short) (address >>> 32)).putInt((int) address);
  }

  private static short checksum(ByteBuffer frame) {
    int sum = 0;
    for (int at = IP_AT; at < UDP_AT; at += 2) {
      sum += Short.toUnsignedInt(frame.getShort(at));
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    return (short) ~((sum & 0xffff) + (sum >>> 16));
  }
}
