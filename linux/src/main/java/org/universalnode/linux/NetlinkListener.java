package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Delivers what the kernel tells multicast groups until closed, on a thread of its own. A socket
 * that fails is replaced by another, after a pause that grows from failure to failure.
 */
final class NetlinkListener implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NetlinkListener.class.getName());
  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final int MOST_DOUBLINGS = 7;
  private static final int EFD_CLOEXEC = 0x80000;

  private final String name;
  private final Supplier<NetlinkSocket> sockets;
  private final FileDescriptor stop;
  private final Consumer<Optional<List<NetlinkReply>>> listener;
  private final Thread thread;

  /** Sockets that failed one after the other; the thread's only. */
  private int failures;

  /**
   * Listens to the calling thread's namespace; what happens after the return is delivered.
   *
   * @param groups bit mask of multicast groups (RTMGRP_*)
   * @param listener gets nothing where some messages came too fast, or were lost with a socket
   */
  NetlinkListener(String name, int groups, Consumer<Optional<List<NetlinkReply>>> listener) {
    this(name, () -> NetlinkSocket.listening(groups), listener);
  }

  /**
   * As the other.
   *
   * @param sockets opens one of the calling thread's namespace
   */
  NetlinkListener(
      String name,
      Supplier<NetlinkSocket> sockets,
      Consumer<Optional<List<NetlinkReply>>> listener) {
    this.name = name;
    this.sockets = sockets;
    this.listener = listener;
    NetlinkSocket first = sockets.get();
    this.stop = new FileDescriptor(Kernel.call(SystemCall.EVENTFD2, "stop", 0, EFD_CLOEXEC));
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> run(first));
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

  /** The thread is in the namespace of the one that started it, and so are all its sockets. */
  private void run(NetlinkSocket first) {
    try (stop) {
      boolean stopped = listen(first);
      while (!stopped && !stopsWithin(SHORTEST_PAUSE.multipliedBy(1L << failures))) {
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        stopped = listenAnew();
      }
    }
  }

  private boolean listenAnew() {
    NetlinkSocket socket;
    try {
      socket = sockets.get();
    } catch (KernelException e) {
      LOG.log(System.Logger.Level.WARNING, name + " can't be listened to, tried again soon", e);
      return false;
    }
    deliver(Optional.empty());
    return listen(socket);
  }

  /** Whether it was told to stop; if not, the socket failed. */
  private boolean listen(NetlinkSocket socket) {
    try (socket) {
      while (true) {
        int ready = Poll.readable(LONG, stop.number(), socket.fd()).orElse(-1);
        if (ready == 0) {
          return true;
        }
        if (ready == 1) {
          Optional<List<NetlinkReply>> next = next(socket);
          failures = 0;
          deliver(next);
        }
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, name + " were lost with a socket, which is replaced", e);
      return false;
    }
  }

  /** One event that can't be dealt with does not keep the others from being told. */
  private void deliver(Optional<List<NetlinkReply>> messages) {
    try {
      listener.accept(messages);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, name + " were not dealt with", e);
    }
  }

  private boolean stopsWithin(Duration pause) {
    return Poll.readable(pause, stop.number()).isPresent();
  }

  /** Empty where some were lost. */
  static Optional<List<NetlinkReply>> next(NetlinkSocket socket) {
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
