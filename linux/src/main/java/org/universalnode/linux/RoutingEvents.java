package org.universalnode.linux;

/** Tells that addresses or routes of one namespace have changed, until closed. */
public final class RoutingEvents implements AutoCloseable {
  /** Routes go without a word when their link goes down. */
  private static final int RTMGRP_LINK = 0x1;

  private static final int RTMGRP_IPV4_ADDRESS = 0x10;
  private static final int RTMGRP_IPV4_ROUTE = 0x40;
  private static final int RTMGRP_IPV6_ADDRESS = 0x100;
  private static final int RTMGRP_IPV6_ROUTE = 0x400;
  private static final int GROUPS =
      RTMGRP_LINK
          | RTMGRP_IPV4_ADDRESS
          | RTMGRP_IPV4_ROUTE
          | RTMGRP_IPV6_ADDRESS
          | RTMGRP_IPV6_ROUTE;

  private final NetlinkListener socket;

  private RoutingEvents(Runnable listener) {
    this.socket = new NetlinkListener("routing events", GROUPS, _ -> listener.run());
  }

  /**
   * Listens to the calling thread's namespace; what happens after the return is told, many changes
   * perhaps at once, on a thread that the listener must not keep.
   */
  public static RoutingEvents listen(Runnable listener) {
    return new RoutingEvents(listener);
  }

  /** Returns when the last change has been told. */
  @Override
  public void close() {
    socket.close();
  }
}
