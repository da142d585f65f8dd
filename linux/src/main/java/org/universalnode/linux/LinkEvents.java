package org.universalnode.linux;

import java.util.List;
import java.util.function.Consumer;

/** Reports changes of the links of one namespace until closed, on a thread of its own. */
public final class LinkEvents implements AutoCloseable {
  private static final int RTMGRP_LINK = 1;
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;

  private final NetlinkListener socket;

  private LinkEvents(Consumer<LinkEvent> listener) {
    this.socket =
        new NetlinkListener(
            "link events",
            RTMGRP_LINK,
            replies ->
                replies.ifPresentOrElse(
                    all -> deliver(all, listener), () -> listener.accept(new LinkEvent.Missed())));
  }

  /** Listens to the calling thread's namespace; what happens after the return is reported. */
  public static LinkEvents listen(Consumer<LinkEvent> listener) {
    return new LinkEvents(listener);
  }

  /**
   * Reports on a loop's thread instead of one of its own, for as long as the loop runs; what
   * happens after the return in the calling thread's namespace.
   */
  public static void listen(EventLoop loop, Consumer<LinkEvent> listener) {
    NetlinkSocket socket = NetlinkSocket.listening(RTMGRP_LINK);
    loop.readable(
        socket.descriptor(),
        () ->
            NetlinkListener.next(socket)
                .ifPresentOrElse(
                    all -> deliver(all, listener), () -> listener.accept(new LinkEvent.Missed())));
  }

  /** Returns when the last event has been delivered. */
  @Override
  public void close() {
    socket.close();
  }

  private static void deliver(List<NetlinkReply> replies, Consumer<LinkEvent> listener) {
    for (NetlinkReply reply : replies) {
      switch (reply.type()) {
        case RTM_NEWLINK -> listener.accept(new LinkEvent.Present(LinkReply.parse(reply)));
        case RTM_DELLINK -> listener.accept(new LinkEvent.Gone(LinkReply.parse(reply)));
        default -> {}
      }
    }
  }
}
