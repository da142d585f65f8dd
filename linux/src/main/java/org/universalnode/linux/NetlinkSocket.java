package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A netlink socket. It serves the namespace in which it was opened for as long as it lives,
 * whatever thread uses it.
 */
final class NetlinkSocket implements AutoCloseable {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int NETLINK_ROUTE = 0;
  private static final int NETLINK_SOCK_DIAG = 4;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVTIMEO = 20;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int NETLINK_LISTEN_ALL_NSID = 8;
  private static final int RECEIVE_BYTES = 65_536;

  /** struct msghdr. */
  private static final int MESSAGE_BYTES = 56;

  private static final int CONTROL_LENGTH_AT = 40;

  /** struct cmsghdr with one number. */
  private static final int CONTROL_BYTES = 24;

  private static final int EVENT_BUFFER_BYTES = 1 << 20;
  private static final int TIMEOUT_SECONDS = 10;

  private final FileDescriptor descriptor;
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment buffer = arena.allocate(RECEIVE_BYTES);
  private final MemorySegment control = arena.allocate(CONTROL_BYTES, 8);
  private final MemorySegment message = message();
  private int sequence;

  private NetlinkSocket(FileDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** A socket for requests about links, addresses, routes and traffic control. */
  static NetlinkSocket open() {
    return open(NETLINK_ROUTE);
  }

  /** A socket for questions about other sockets (sock_diag(7)). */
  static NetlinkSocket sockets() {
    return open(NETLINK_SOCK_DIAG);
  }

  /** An answer that does not come within ten seconds is an error. */
  private static NetlinkSocket open(int protocol) {
    NetlinkSocket socket = bound(protocol, 0);
    socket.option(SOL_NETLINK, NETLINK_EXT_ACK, 1);
    socket.option(SOL_SOCKET, SO_RCVTIMEO, TIMEOUT_SECONDS);
    return socket;
  }

  /**
   * A socket that receives events.
   *
   * @param groups bit mask of multicast groups (RTMGRP_*)
   */
  static NetlinkSocket listening(int groups) {
    NetlinkSocket socket = bound(NETLINK_ROUTE, groups);
    socket.option(SOL_SOCKET, SO_RCVBUF, EVENT_BUFFER_BYTES);
    return socket;
  }

  /**
   * A socket that also receives events of other namespaces, of those that its own has a number for,
   * as it does for each in which a veth has its other end.
   *
   * @param groups bit mask of multicast groups (RTMGRP_*)
   */
  static NetlinkSocket listeningEverywhere(int groups) {
    NetlinkSocket socket = listening(groups);
    socket.option(SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1);
    return socket;
  }

  /** Sends a request and collects the answer up to its acknowledgement or end. */
  List<NetlinkReply> exchange(NetlinkMessage message) {
    List<NetlinkReply> answers = new ArrayList<>();
    exchange(message, answers::add);
    return answers;
  }

  /** As the other one, for an answer that is not to be kept whole. */
  synchronized void exchange(NetlinkMessage message, Consumer<NetlinkReply> answers) {
    int mine = ++sequence;
    send(message.attempt(), message.finish(mine));
    while (true) {
      for (NetlinkReply reply : receive(message.attempt())) {
        if (reply.sequence() != mine) {
          continue; // a late answer to a request that timed out
        }
        switch (reply.type()) {
          case NetlinkReply.DONE -> {
            return;
          }
          case NetlinkReply.ERROR -> {
            if (reply.error() != 0) {
              throw new KernelException(message.attempt(), reply.error(), reply.errorText());
            }
            return;
          }
          default -> answers.accept(reply);
        }
      }
    }
  }

  /** Waits for the next datagram; only one of another namespace says which it is of. */
  synchronized List<NetlinkReply> receive(String attempt) {
    message.set(ValueLayout.JAVA_LONG, CONTROL_LENGTH_AT, CONTROL_BYTES);
    long length = Kernel.call(SystemCall.RECVMSG, attempt, fd(), message.address(), 0);
    byte[] datagram = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    boolean fromElsewhere = message.get(ValueLayout.JAVA_LONG, CONTROL_LENGTH_AT) > 0;
    return NetlinkReply.parse(datagram, fromElsewhere);
  }

  private MemorySegment message() {
    MemorySegment vector = arena.allocate(ValueLayout.JAVA_LONG, 2);
    vector.setAtIndex(ValueLayout.JAVA_LONG, 0, buffer.address());
    vector.setAtIndex(ValueLayout.JAVA_LONG, 1, RECEIVE_BYTES);
    MemorySegment header = arena.allocate(MESSAGE_BYTES, 8);
    header.set(ValueLayout.JAVA_LONG, 16, vector.address());
    header.set(ValueLayout.JAVA_LONG, 24, 1);
    header.set(ValueLayout.JAVA_LONG, 32, control.address());
    return header;
  }

  FileDescriptor descriptor() {
    return descriptor;
  }

  int fd() {
    return descriptor.number();
  }

  @Override
  public synchronized void close() {
    descriptor.close();
  }

  private void send(String attempt, byte[] message) {
    try (Arena scratch = Arena.ofConfined()) {
      long bytes = scratch.allocateFrom(ValueLayout.JAVA_BYTE, message).address();
      Kernel.call(SystemCall.SENDTO, attempt, fd(), bytes, message.length, 0, 0, 0);
    }
  }

  private static NetlinkSocket bound(int protocol, int groups) {
    String what = "netlink " + protocol;
    NetlinkSocket socket =
        new NetlinkSocket(
            new FileDescriptor(
                Kernel.call(SystemCall.SOCKET, what, AF_NETLINK, SOCK_RAW_CLOEXEC, protocol)));
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment address = scratch.allocate(12);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
      address.set(ValueLayout.JAVA_INT, 8, groups);
      Kernel.call(SystemCall.BIND, what, socket.fd(), address.address(), 12);
      return socket;
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void option(int level, int name, int value) {
    try (Arena scratch = Arena.ofConfined()) {
      boolean time = level == SOL_SOCKET && name == SO_RCVTIMEO;
      MemorySegment data = scratch.allocate(16);
      data.set(ValueLayout.JAVA_INT, 0, value);
      Kernel.call(
          SystemCall.SETSOCKOPT,
          "netlink option " + name,
          fd(),
          level,
          name,
          data.address(),
          time ? 16 : 4);
    }
  }
}
