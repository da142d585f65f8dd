package org.universalnode.linux;

import java.util.List;
import java.util.function.Consumer;

/**
 * Reports until closed, on a thread of its own, what happens to the links of one namespace, their
 * addresses, their filters, and the far ends of its veths, in whatever namespace they are.
 */
public final class DeviceEvents implements AutoCloseable {
  private static final int RTMGRP_LINK = 0x1;
  private static final int RTMGRP_TC = 0x8;
  private static final int RTMGRP_IPV4_ADDRESS = 0x10;
  private static final int GROUPS = RTMGRP_LINK | RTMGRP_TC | RTMGRP_IPV4_ADDRESS;
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_DELADDR = 21;
  private static final int RTM_NEWQDISC = 36;
  private static final int RTM_DELQDISC = 37;
  private static final int RTM_NEWTFILTER = 44;
  private static final int RTM_DELTFILTER = 45;

  /** In struct ifinfomsg, struct ifaddrmsg and struct tcmsg. */
  private static final int INDEX_AT = 4;

  private static final String VETH = "veth";

  private final NetlinkListener socket;

  private DeviceEvents(Consumer<DeviceEvent> listener) {
    this.socket =
        new NetlinkListener(
            "device events",
            () -> NetlinkSocket.listeningEverywhere(GROUPS),
            replies ->
                replies.ifPresentOrElse(
                    all -> deliver(all, listener),
                    () -> listener.accept(new DeviceEvent.Missed())));
  }

  /** Listens to the calling thread's namespace; what happens after the return is reported. */
  public static DeviceEvents listen(Consumer<DeviceEvent> listener) {
    return new DeviceEvents(listener);
  }

  /** Returns when the last event has been delivered. */
  @Override
  public void close() {
    socket.close();
  }

  private static void deliver(List<NetlinkReply> replies, Consumer<DeviceEvent> listener) {
    for (NetlinkReply reply : replies) {
      if (reply.fromElsewhere()) {
        deliverFar(reply, listener);
      } else if (isOfLink(reply.type())) {
        listener.accept(new DeviceEvent.Touched(reply.body().getInt(INDEX_AT)));
      }
    }
  }

  private static boolean isOfLink(int type) {
    return switch (type) {
      case RTM_NEWLINK,
          RTM_DELLINK,
          RTM_NEWADDR,
          RTM_DELADDR,
          RTM_NEWQDISC,
          RTM_DELQDISC,
          RTM_NEWTFILTER,
          RTM_DELTFILTER ->
          true;
      default -> false;
    };
  }

  private static void deliverFar(NetlinkReply reply, Consumer<DeviceEvent> listener) {
    if (reply.type() == RTM_NEWLINK || reply.type() == RTM_DELLINK) {
      Link far = LinkReply.parse(reply);
      if (far.kind().equals(VETH)) {
        listener.accept(new DeviceEvent.FarTouched(far, reply.type() == RTM_DELLINK));
      }
    }
  }
}
