package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sends frames that stand for many UDP datagrams, as an IP stack does for who asks it to
 * (UDP_SEGMENT of udp(7)), at all links of one network namespace (packet(7)).
 */
public final class SegmentSocket implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_VNET_HDR = 15;

  /** struct virtio_net_hdr. */
  private static final int DESCRIPTION_BYTES = 10;

  private static final byte NEEDS_CHECKSUM = 1;
  private static final byte UDP_SEGMENTS = 5;
  private static final int CHECKSUM_AT = 6;
  private static final int UDP_BYTES = 8;
  private static final int ADDRESS_BYTES = 20;

  private final FileDescriptor descriptor;

  private SegmentSocket(FileDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** A socket of the calling thread's namespace, which can be used from any thread. */
  public static SegmentSocket open() {
    FileDescriptor descriptor =
        new FileDescriptor(
            Kernel.call(SystemCall.SOCKET, "AF_PACKET", AF_PACKET, SOCK_RAW_CLOEXEC, 0));
    try (Arena arena = Arena.ofConfined()) {
      long on = arena.allocateFrom(ValueLayout.JAVA_INT, 1).address();
      Kernel.call(
          SystemCall.SETSOCKOPT,
          "PACKET_VNET_HDR",
          descriptor.number(),
          SOL_PACKET,
          PACKET_VNET_HDR,
          on,
          Integer.BYTES);
    }
    return new SegmentSocket(descriptor);
  }

  /**
   * Sends a frame out of a link, named by its index.
   *
   * @param frame with one UDP header and the content of all datagrams
   * @param udpAt where the UDP header is
   * @param segment bytes of content that each datagram has, but perhaps the last
   */
  public void send(int link, byte[] frame, int udpAt, int segment) {
    int bytes = DESCRIPTION_BYTES + frame.length;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment whole = arena.allocate(bytes);
      whole.set(ValueLayout.JAVA_BYTE, 0, NEEDS_CHECKSUM);
      whole.set(ValueLayout.JAVA_BYTE, 1, UDP_SEGMENTS);
      whole.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2, (short) (udpAt + UDP_BYTES));
      whole.set(ValueLayout.JAVA_SHORT_UNALIGNED, 4, (short) segment);
      whole.set(ValueLayout.JAVA_SHORT_UNALIGNED, 6, (short) udpAt);
      whole.set(ValueLayout.JAVA_SHORT_UNALIGNED, 8, (short) CHECKSUM_AT);
      MemorySegment.copy(frame, 0, whole, ValueLayout.JAVA_BYTE, DESCRIPTION_BYTES, frame.length);
      MemorySegment to = arena.allocate(ADDRESS_BYTES, 4);
      to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
      to.set(ValueLayout.JAVA_INT, 4, link);
      Kernel.call(
          SystemCall.SENDTO,
          "segments of " + segment + " bytes",
          descriptor.number(),
          whole.address(),
          bytes,
          0,
          to.address(),
          ADDRESS_BYTES);
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
