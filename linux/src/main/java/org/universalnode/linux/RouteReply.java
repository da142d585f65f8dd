package org.universalnode.linux;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;

/** What the kernel says of an IPv4 route (rtnetlink(7)). */
final class RouteReply {
  private static final int RTM_F_CLONED = 0x200;
  private static final int FLAGS_AT = 8;
  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;
  private static final int ROUTE_ATTRIBUTES = 12;

  private RouteReply() {}

  /** Whether it is what the kernel noted of one destination, not a route that somebody made. */
  static boolean isOfOneDestination(NetlinkReply reply) {
    return (reply.body().getInt(FLAGS_AT) & RTM_F_CLONED) != 0;
  }

  static Route parse(NetlinkReply reply) {
    Map<Integer, ByteBuffer> attributes = reply.attributes(ROUTE_ATTRIBUTES);
    byte[] destination = new byte[4];
    ByteBuffer written = attributes.get(RTA_DST);
    if (written != null) {
      written.get(0, destination);
    }
    ByteBuffer link = attributes.get(RTA_OIF);
    try {
      return new Route(
          InetAddress.getByAddress(destination),
          reply.body().get(1) & 0xff,
          link == null ? 0 : link.getInt(0));
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}
