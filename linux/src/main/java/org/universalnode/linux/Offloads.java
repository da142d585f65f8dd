package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** What a network interface does for the stack, by the ethtool ioctl (netdevice(7)). */
public final class Offloads implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int SIOCETHTOOL = 0x8946;
  private static final int ETHTOOL_STXCSUM = 0x17;
  private static final int ETHTOOL_GSTRINGS = 0x1b;
  private static final int ETHTOOL_GGRO = 0x2b;
  private static final int ETHTOOL_SGRO = 0x2c;
  private static final int ETHTOOL_GSSET_INFO = 0x37;
  private static final int ETHTOOL_GFEATURES = 0x3a;
  private static final int ETH_SS_FEATURES = 4;
  private static final int NAME_BYTES = 32;
  private static final int MOST_FEATURES = 1_024;

  /** Bits in a word of features; each word is one of four: available, requested, active, fixed. */
  private static final int WORD_BITS = 32;

  private static final int WORDS = 4;
  private static final int ACTIVE = 2;

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

  /**
   * Has checksums made, and long packets cut, before the interface sends: for whoever takes frames
   * at its other end as they are.
   */
  public void sendFinished(Link link) {
    ask(link, ETHTOOL_STXCSUM, 0);
  }

  /** Names of all features of the interface that are on, as ethtool(8) -k has them, sorted. */
  public List<String> active(String interfaceName) {
    try (Arena arena = Arena.ofConfined()) {
      int count = Math.clamp(countFeatures(arena, interfaceName), 0, MOST_FEATURES);
      MemorySegment names = arena.allocate(12L + (long) count * NAME_BYTES, 8);
      names.setAtIndex(ValueLayout.JAVA_INT, 0, ETHTOOL_GSTRINGS);
      names.setAtIndex(ValueLayout.JAVA_INT, 1, ETH_SS_FEATURES);
      names.setAtIndex(ValueLayout.JAVA_INT, 2, count);
      ask(interfaceName, names);
      int words = (count + WORD_BITS - 1) / WORD_BITS;
      MemorySegment features = arena.allocate(8L + (long) words * WORDS * Integer.BYTES, 8);
      features.setAtIndex(ValueLayout.JAVA_INT, 0, ETHTOOL_GFEATURES);
      features.setAtIndex(ValueLayout.JAVA_INT, 1, words);
      ask(interfaceName, features);
      return IntStream.range(0, count)
          .filter(bit -> isActive(features, bit))
          .mapToObj(bit -> names.getString(12L + (long) bit * NAME_BYTES))
          .filter(name -> !name.isEmpty())
          .sorted()
          .toList();
    }
  }

  private static boolean isActive(MemorySegment features, int bit) {
    long word = 2L + (long) (bit / WORD_BITS) * WORDS + ACTIVE;
    return (features.getAtIndex(ValueLayout.JAVA_INT, word) >>> (bit % WORD_BITS) & 1) != 0;
  }

  /** struct ethtool_sset_info: command, reserved, a mask of sets, and the length of each. */
  private int countFeatures(Arena arena, String interfaceName) {
    MemorySegment argument = arena.allocate(ValueLayout.JAVA_LONG, 3);
    argument.setAtIndex(ValueLayout.JAVA_INT, 0, ETHTOOL_GSSET_INFO);
    argument.setAtIndex(ValueLayout.JAVA_LONG, 1, 1L << ETH_SS_FEATURES);
    ask(interfaceName, argument);
    return argument.getAtIndex(ValueLayout.JAVA_INT, 4);
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
      ask(link.name(), argument);
      return argument.getAtIndex(ValueLayout.JAVA_INT, 1);
    }
  }

  private void ask(String interfaceName, MemorySegment argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(IFREQ_BYTES, 8);
      byte[] name = interfaceName.getBytes(StandardCharsets.UTF_8);
      if (name.length >= POINTER_AT) {
        throw new IllegalArgumentException("no name of an interface: " + interfaceName);
      }
      MemorySegment.copy(name, 0, request, ValueLayout.JAVA_BYTE, 0, name.length);
      request.set(ValueLayout.JAVA_LONG, POINTER_AT, argument.address());
      Kernel.call(SystemCall.IOCTL, interfaceName, socket.number(), SIOCETHTOOL, request.address());
    }
  }
}
