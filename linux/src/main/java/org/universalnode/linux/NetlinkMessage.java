package org.universalnode.linux;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** A netlink request under construction (netlink(7)): header, fixed part, attributes. */
final class NetlinkMessage {
  static final int REQUEST = 0x1;
  static final int ACK = 0x4;
  static final int REPLACE = 0x100;
  static final int EXCLUSIVE = 0x200;
  static final int CREATE = 0x400;
  static final int DUMP = 0x300;

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int TCP = 6;
  private static final int ALL_STATES = -1;
  private static final int ANY_COOKIE = -1;
  private static final int NESTED = 0x8000;
  private static final int MOST_BYTES = 4096;
  private static final int SEQUENCE_AT = 8;

  private final String attempt;
  private final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES).order(ByteOrder.nativeOrder());
  private final Deque<Integer> open = new ArrayDeque<>();

  /**
   * @param attempt what the message asks for, for the error if the kernel refuses
   */
  NetlinkMessage(String attempt, int type, int flags) {
    this.attempt = attempt;
    bytes.putInt(0).putShort((short) type).putShort((short) (REQUEST | flags)).putInt(0).putInt(0);
  }

  /** struct ifinfomsg. */
  NetlinkMessage link(int index, int flags, int changedFlags) {
    bytes.put((byte) 0).put((byte) 0).putShort((short) 0);
    bytes.putInt(index).putInt(flags).putInt(changedFlags);
    return this;
  }

  /** struct ifaddrmsg. */
  NetlinkMessage address(int family, int prefixLength, int linkIndex) {
    bytes.put((byte) family).put((byte) prefixLength).put((byte) 0).put((byte) 0);
    bytes.putInt(linkIndex);
    return this;
  }

  /** struct rtmsg of a static unicast route in the main table. */
  NetlinkMessage route(int family, int prefixLength) {
    bytes.put((byte) family).put((byte) prefixLength).put((byte) 0).put((byte) 0);
    bytes.put((byte) 254).put((byte) 4).put((byte) 0).put((byte) 1);
    bytes.putInt(0);
    return this;
  }

  /** struct rtmsg that asks for a route between two addresses of so many bits. */
  NetlinkMessage wantedRoute(int family, int bits) {
    bytes.put((byte) family).put((byte) bits).put((byte) bits).put((byte) 0);
    bytes.putInt(0).putInt(0);
    return this;
  }

  /** struct ndmsg of a neighbour that is never asked. */
  NetlinkMessage permanentNeighbour(int family, int linkIndex) {
    bytes.put((byte) family).put((byte) 0).putShort((short) 0).putInt(linkIndex);
    bytes.putShort((short) 0x80).putShort((short) 0);
    return this;
  }

  /** struct tcmsg. */
  NetlinkMessage trafficControl(int linkIndex, int handle, int parent, int info) {
    bytes.putInt(0).putInt(linkIndex).putInt(handle).putInt(parent).putInt(info);
    return this;
  }

  /** struct inet_diag_req_v2, asking for the TCP socket whose own end is {@code local}. */
  NetlinkMessage tcpSocket(InetSocketAddress local, InetSocketAddress remote) {
    byte[] from = local.getAddress().getAddress();
    bytes.put((byte) (from.length == 4 ? AF_INET : AF_INET6)).put((byte) TCP).putShort((short) 0);
    bytes.putInt(ALL_STATES);
    putPort(local).putPort(remote).putPadded(from).putPadded(remote.getAddress().getAddress());
    bytes.putInt(0).putInt(ANY_COOKIE).putInt(ANY_COOKIE);
    return this;
  }

  NetlinkMessage attribute(int type, int value) {
    header(type, Integer.BYTES);
    bytes.putInt(value);
    return this;
  }

  NetlinkMessage attribute(int type, byte value) {
    header(type, 1);
    bytes.put(value);
    return align();
  }

  NetlinkMessage attribute(int type, byte[] value) {
    header(type, value.length);
    bytes.put(value);
    return align();
  }

  NetlinkMessage attribute(int type, InetAddress value) {
    return attribute(type, value.getAddress());
  }

  /** A zero-terminated string. */
  NetlinkMessage attribute(int type, String value) {
    return attribute(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
  }

  NetlinkMessage begin(int type) {
    open.push(bytes.position());
    header(type | NESTED, 0);
    return this;
  }

  NetlinkMessage end() {
    int start = open.pop();
    bytes.putShort(start, (short) (bytes.position() - start));
    return this;
  }

  String attempt() {
    return attempt;
  }

  byte[] finish(int sequence) {
    if (!open.isEmpty()) {
      throw new IllegalStateException("unclosed attribute in " + attempt);
    }
    bytes.putInt(0, bytes.position()).putInt(SEQUENCE_AT, sequence);
    return java.util.Arrays.copyOf(bytes.array(), bytes.position());
  }

  private NetlinkMessage putPort(InetSocketAddress address) {
    bytes.put((byte) (address.getPort() >>> 8)).put((byte) address.getPort());
    return this;
  }

  private NetlinkMessage putPadded(byte[] address) {
    bytes.put(address).put(new byte[16 - address.length]);
    return this;
  }

  private void header(int type, int length) {
    bytes.putShort((short) (4 + length)).putShort((short) type);
  }

  private NetlinkMessage align() {
    while (bytes.position() % 4 != 0) {
      bytes.put((byte) 0);
    }
    return this;
  }
}
