package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Reports changes of the links of one namespace until closed, on a thread of its own. */
public final class LinkEvents implements AutoCloseable {
  private static final int RTMGRP_LINK = 1;
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;
  private static final Duration LONG = Duration.ofDays(1);
  private static final int EFD_CLOEXEC = 0x80000;

  private final NetlinkSocket socket;
  private final FileDescriptor stop;
  private final Consumer<LinkEvent> listener;
  private final Thread thread;

  private LinkEvents(Consumer<LinkEvent> listener) {
    this.socket = NetlinkSocket.listening(RTMGRP_LINK);
    this.stop = new FileDescriptor(Kernel.call(SystemCall.EVENTFD2, "stop", 0, EFD_CLOEXEC));
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("link events").daemon().unstarted(this::run);
  }

  /** Listens to the calling thread's namespace; what happens after the return is reported. */
  public static LinkEvents listen(Consumer<LinkEvent> listener) {
    LinkEvents events = new LinkEvents(listener);
    events.thread.start();
    return events;
  }

  /** Returns when the last event has been delivered. */
  @Override
  public void close() {
    try (Arena arena = Arena.ofConfined()) {
      long one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L).address();
      Kernel.call(SystemCall.WRITE, "stop", stop.number(), one, Long.BYTES);
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (socket;
        stop) {
      while (true) {
        int ready = Poll.readable(LONG, stop.number(), socket.fd()).orElse(-1);
        if (ready == 0) {
          return;
        }
        if (ready == 1) {
          deliver();
        }
      }
    }
  }

  private void deliver() {
    List<NetlinkReply> replies;
    try {
      replies = socket.receive("receive link events");
    } catch (KernelException e) {
      if (e.errno() != Errno.ENOBUFS) {
        throw e;
      }
      listener.accept(new LinkEvent.Missed());
      return;
    }
    for (NetlinkReply reply : replies) {
      switch (reply.type()) {
        case RTM_NEWLINK -> listener.accept(new LinkEvent.Present(RouteSocket.parse(reply)));
        case RTM_DELLINK -> listener.accept(new LinkEvent.Gone(RouteSocket.parse(reply)));
        default -> {}
      }
    }
  }
}
