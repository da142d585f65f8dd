package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Delivers what the kernel tells multicast groups until closed, on a thread of its own. */
final class NetlinkListener implements AutoCloseable {
  private static final Duration LONG = Duration.ofDays(1);
  private static final int EFD_CLOEXEC = 0x80000;

  private final NetlinkSocket socket;
  private final FileDescriptor stop;
  private final Consumer<Optional<List<NetlinkReply>>> listener;
  private final Thread thread;

  /**
   * Listens to the calling thread's namespace; what happens after the return is delivered.
   *
   * @param groups bit mask of multicast groups (RTMGRP_*)
   * @param listener gets nothing where some messages came too fast
   */
  NetlinkListener(String name, int groups, Consumer<Optional<List<NetlinkReply>>> listener) {
    this.socket = NetlinkSocket.listening(groups);
    this.stop = new FileDescriptor(Kernel.call(SystemCall.EVENTFD2, "stop", 0, EFD_CLOEXEC));
    this.listener = listener;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    thread.start();
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
          listener.accept(next());
        }
      }
    }
  }

  private Optional<List<NetlinkReply>> next() {
    try {
      return Optional.of(socket.receive("receive events"));
    } catch (KernelException e) {
      if (e.errno() != Errno.ENOBUFS) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
