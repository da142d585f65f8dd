package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** What a network interface does for the stack, by the ethtool ioctl (netdevice(7)). */
public final class Offloads implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int SIOCETHTOOL = 0x8946;
  private static final int ETHTOOL_GGRO = 0x2b;
  private static final int ETHTOOL_SGRO = 0x2c;

  /** struct ifreq: a name of 16 bytes, then a pointer. */
  private static final int IFREQ_BYTES = 40;

  private static final int POINTER_AT = 16;

  private final FileDescriptor socket;

  private Offloads(FileDescriptor socket) {
    this.socket = socket;
  }

  /** For the interfaces of the calling thread's namespace. */
  public static Offloads open() {
    return new Offloads(
        new FileDescriptor(
            Kernel.call(SystemCall.SOCKET, "datagram", AF_INET, SOCK_DGRAM_CLOEXEC, 0)));
  }

  /**
   * Whether the interface joins received packets of one stream before anybody sees them (generic
   * receive offload).
   */
  public boolean joinsPackets(Link link) {
    return ask(link, ETHTOOL_GGRO, 0) != 0;
  }

  public void joinPackets(Link link, boolean on) {
    ask(link, ETHTOOL_SGRO, on ? 1 : 0);
  }

  @Override
  public void close() {
    socket.close();
  }

  private int ask(Link link, int command, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argument = arena.allocate(ValueLayout.JAVA_INT, 2);
      argument.setAtIndex(ValueLayout.JAVA_INT, 0, command);
      argument.setAtIndex(ValueLayout.JAVA_INT, 1, value);
      MemorySegment request = arena.allocate(IFREQ_BYTES, 8);
      byte[] name = link.name().getBytes(StandardCharsets.UTF_8);
      MemorySegment.copy(name, 0, request, ValueLayout.JAVA_BYTE, 0, name.length);
      request.set(ValueLayout.JAVA_LONG, POINTER_AT, argument.address());
      Kernel.call(SystemCall.IOCTL, link.name(), socket.number(), SIOCETHTOOL, request.address());
      return argument.getAtIndex(ValueLayout.JAVA_INT, 1);
    }
  }
}
