package org.universalnode.switching.ebpf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.universalnode.nffg.IpAddress;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.nffg.Ipv6Address;

/** IP addresses as the data plane has them. */
final class Addresses {
  private static final int BYTES = 16;

  /** Where a GRE tunnel says that its addresses are IPv6's. */
  private static final int IPV6_AT = 36;

  private Addresses() {}

  /** In network order; an IPv4 address comes first, then zeros. */
  static byte[] padded(IpAddress address) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.BIG_ENDIAN);
    switch (address) {
      case Ipv4Address ipv4 -> bytes.putInt(ipv4.bits());
      case Ipv6Address ipv6 -> bytes.putLong(ipv6.bits().high()).putLong(ipv6.bits().low());
    }
    return bytes.array();
  }

  /** The nearer address of a GRE tunnel. */
  static InetAddress local(ByteBuffer tunnel) {
    return at(tunnel, 0);
  }

  static InetAddress remote(ByteBuffer tunnel) {
    return at(tunnel, BYTES);
  }

  private static InetAddress at(ByteBuffer tunnel, int offset) {
    byte[] bytes = new byte[tunnel.getInt(IPV6_AT) == 0 ? Integer.BYTES : BYTES];
    tunnel.get(offset, bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // only if there were not 4 or 16 bytes
    }
  }
}
