package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a service manager hears how a service is: a datagram socket in the file system or, if its
 * address begins with @, in the abstract namespace (sd_notify(3), unix(7)).
 */
public final class NotifySocket {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int PATH_AT = 2;
  private static final int MOST_PATH_BYTES = 107;

  private final byte[] address;

  private NotifySocket(byte[] address) {
    this.address = address;
  }

  /**
   * The socket at an address.
   *
   * @param address an absolute path, or a name after @
   * @return empty if it is no such address
   */
  public static Optional<NotifySocket> of(String address) {
    byte[] path = address.getBytes(StandardCharsets.UTF_8);
    if (!address.matches("(?s)[/@].+") || path.length > MOST_PATH_BYTES) {
      return Optional.empty();
    }
    if (path[0] == '@') {
      path[0] = 0;
    }
    return Optional.of(new NotifySocket(path));
  }

  /**
   * Sends lines such as {@code READY=1} in one datagram.
   *
   * @throws KernelException if nobody is there
   */
  public void send(String state) {
    byte[] bytes = state.getBytes(StandardCharsets.UTF_8);
    try (FileDescriptor socket = open();
        Arena arena = Arena.ofConfined()) {
      MemorySegment to = address(arena);
      Kernel.call(
          SystemCall.SENDTO,
          "the service manager",
          socket.number(),
          arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).address(),
          bytes.length,
          MSG_NOSIGNAL,
          to.address(),
          to.byteSize());
    }
  }

  static FileDescriptor open() {
    return new FileDescriptor(
        Kernel.call(SystemCall.SOCKET, "AF_UNIX", AF_UNIX, SOCK_DGRAM_CLOEXEC, 0));
  }

  /** struct sockaddr_un; a path ends with a zero, which is not part of an abstract name. */
  MemorySegment address(Arena arena) {
    int end = address[0] == 0 ? 0 : 1;
    MemorySegment whole = arena.allocate(PATH_AT + address.length + end, Short.BYTES);
    whole.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(address, 0, whole, ValueLayout.JAVA_BYTE, PATH_AT, address.length);
    return whole;
  }
}
