package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Whole Ethernet frames at all links of one network namespace (packet(7)). VLAN tags are part of
 * the frames that it receives, also the ones that the kernel keeps beside them; what this machine
 * sends is not received. For one thread at a time.
 */
public final class PacketSocket implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int ETH_P_ALL = 3;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_AUXDATA = 8;
  private static final int PACKET_IGNORE_OUTGOING = 23;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int VLAN_VALID = 1 << 4;
  private static final int RECEIVE_BYTES = 16 << 20;
  private static final int MOST_BYTES = 65_536;
  private static final int ADDRESS_BYTES = 20;
  private static final int CONTROL_BYTES = 64;
  private static final int TAG_AT = 12;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment frame = arena.allocate(MOST_BYTES, 8);
  private final MemorySegment leaving = arena.allocate(MOST_BYTES, 8);
  private final MemorySegment to = arena.allocate(ADDRESS_BYTES, 8);
  private final MemorySegment from = arena.allocate(ADDRESS_BYTES, 8);
  private final MemorySegment control = arena.allocate(CONTROL_BYTES, 8);
  private final MemorySegment message = arena.allocate(56, 8);
  private final FileDescriptor descriptor;

  /** A frame, and the index of the link where it came in. */
  public record Received(int link, ByteBuffer frame) {}

  private PacketSocket(FileDescriptor descriptor) {
    this.descriptor = descriptor;
    MemorySegment vector = arena.allocate(16, 8);
    vector.set(ValueLayout.JAVA_LONG, 0, frame.address());
    vector.set(ValueLayout.JAVA_LONG, 8, MOST_BYTES);
    message.set(ValueLayout.JAVA_LONG, 0, from.address());
    message.set(ValueLayout.JAVA_LONG, 16, vector.address());
    message.set(ValueLayout.JAVA_LONG, 24, 1);
    message.set(ValueLayout.JAVA_LONG, 32, control.address());
    to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
  }

  /** A socket of the calling thread's namespace, which can be used from any thread. */
  public static PacketSocket open() {
    long protocol = Short.toUnsignedInt(Short.reverseBytes((short) ETH_P_ALL));
    long number =
        Kernel.call(SystemCall.SOCKET, "AF_PACKET", AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, protocol);
    PacketSocket socket = new PacketSocket(new FileDescriptor(number));
    socket.option(SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BYTES);
    socket.option(SOL_PACKET, PACKET_AUXDATA, 1);
    socket.option(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
    return socket;
  }

  /** Sends a frame of at least 14 bytes as it is out of a link, named by its index. */
  public synchronized void send(int link, byte[] bytes) {
    MemorySegment.copy(bytes, 0, leaving, ValueLayout.JAVA_BYTE, 0, bytes.length);
    to.set(ValueLayout.JAVA_INT, 4, link);
    Kernel.call(
        SystemCall.SENDTO,
        "frame of " + bytes.length + " bytes",
        descriptor.number(),
        leaving.address(),
        bytes.length,
        0,
        to.address(),
        ADDRESS_BYTES);
  }

  /** The next frame; empty if none comes in that time, which may be zero. */
  public Optional<Received> receive(Duration atMost) {
    Optional<Received> next = receive();
    if (next.isPresent() || atMost.isZero()) {
      return next;
    }
    return Poll.readable(atMost, descriptor.number()).flatMap(ready -> receive());
  }

  @Override
  public void close() {
    descriptor.close();
    arena.close();
  }

  private Optional<Received> receive() {
    message.set(ValueLayout.JAVA_INT, 8, ADDRESS_BYTES);
    message.set(ValueLayout.JAVA_LONG, 40, CONTROL_BYTES);
    long bytes =
        Kernel.attempt(SystemCall.RECVMSG, descriptor.number(), message.address(), MSG_DONTWAIT);
    if (bytes < 0) {
      if (Errno.of((int) -bytes) == Errno.EAGAIN) {
        return Optional.empty();
      }
      throw new KernelException("receive frame", (int) -bytes);
    }
    byte[] received = frame.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE);
    return Optional.of(new Received(from.get(ValueLayout.JAVA_INT, 4), withTag(received)));
  }

  /** Puts the tag where the wire has it (struct tpacket_auxdata). */
  private ByteBuffer withTag(byte[] received) {
    boolean known = message.get(ValueLayout.JAVA_LONG, 40) >= 36;
    if (!known || (control.get(ValueLayout.JAVA_INT, 16) & VLAN_VALID) == 0) {
      return ByteBuffer.wrap(received);
    }
    short tag = control.get(ValueLayout.JAVA_SHORT, 32);
    short type = control.get(ValueLayout.JAVA_SHORT, 34);
    ByteBuffer whole = ByteBuffer.allocate(received.length + 4);
    whole.put(received, 0, TAG_AT).putShort(type).putShort(tag);
    return whole.put(received, TAG_AT, received.length - TAG_AT).flip();
  }

  private void option(int level, int name, int value) {
    try (Arena once = Arena.ofConfined()) {
      MemorySegment number = once.allocateFrom(ValueLayout.JAVA_INT, value);
      Kernel.call(
          SystemCall.SETSOCKOPT,
          "option " + name,
          descriptor.number(),
          level,
          name,
          number.address(),
          Integer.BYTES);
    }
  }
}
