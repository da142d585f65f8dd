package org.universalnode.linux;

import java.nio.ByteBuffer;
import java.util.Map;

/** What the kernel says of a link (rtnetlink(7)). */
final class LinkReply {
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_LINK = 5;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_IFALIAS = 20;
  private static final int IFLA_GROUP = 27;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFF_UP = 1;
  private static final int IFF_PROMISC = 0x100;
  private static final int LINK_ATTRIBUTES = 16;

  private LinkReply() {}

  static Link parse(NetlinkReply reply) {
    Map<Integer, ByteBuffer> attributes = reply.attributes(LINK_ATTRIBUTES);
    ByteBuffer mac = attributes.get(IFLA_ADDRESS);
    byte[] address = new byte[mac == null ? 0 : mac.limit()];
    if (mac != null) {
      mac.get(0, address);
    }
    return new Link(
        reply.body().getInt(4),
        text(attributes, IFLA_IFNAME),
        text(attributes, IFLA_IFALIAS),
        HardwareAddress.format(address),
        kind(attributes),
        number(attributes, IFLA_LINK),
        (reply.body().getInt(8) & IFF_UP) != 0,
        (reply.body().getInt(8) & IFF_PROMISC) != 0,
        number(attributes, IFLA_MTU),
        number(attributes, IFLA_GROUP) == RouteSocket.PULLED);
  }

  private static int number(Map<Integer, ByteBuffer> attributes, int type) {
    ByteBuffer value = attributes.get(type);
    return value == null ? 0 : value.getInt(0);
  }

  private static String kind(Map<Integer, ByteBuffer> attributes) {
    ByteBuffer info = attributes.get(IFLA_LINKINFO);
    return info == null ? "" : text(NetlinkReply.attributes(info, 0), IFLA_INFO_KIND);
  }

  private static String text(Map<Integer, ByteBuffer> attributes, int type) {
    ByteBuffer value = attributes.get(type);
    return value == null ? "" : NetlinkReply.string(value);
  }
}
