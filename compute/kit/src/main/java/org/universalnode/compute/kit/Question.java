package org.universalnode.compute.kit;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalInt;
import org.universalnode.linux.Errno;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.Link;
import org.universalnode.linux.PacketSocket;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.nffg.MacAddress;

/**
 * Asks who has an address (RFC 826): every network stack answers that, whatever its function is.
 *
 * @param wire an interface of the calling thread's namespace, the other end of which is the port
 * @param address who is looked for
 */
public record Question(String wire, Ipv4Address address) {
  private static final Duration ROUND = Duration.ofMillis(250);
  private static final int ROUNDS = 4;
  private static final MacAddress ASKER = MacAddress.parse("02:00:00:00:66:66");
  private static final Ipv4Address ASKERS_ADDRESS = Ipv4Address.parse("192.0.2.66");
  private static final int ARP_FRAME = 42;
  private static final int TYPE_AT = 12;
  private static final int ARP = 0x0806;
  private static final int OPERATION_AT = 20;
  private static final int REQUEST = 1;
  private static final int REPLY = 2;
  private static final int SENDER_AT = 28;

  /** Takes a second if nobody answers. False also where there is no way. */
  public boolean isAnswered() {
    try (PacketSocket socket = PacketSocket.open();
        RouteSocket route = RouteSocket.open()) {
      OptionalInt link = route.link(wire).stream().mapToInt(Link::index).findFirst();
      return link.isPresent() && isAnswered(socket, link.getAsInt());
    }
  }

  private boolean isAnswered(PacketSocket socket, int link) {
    for (int i = 0; i < ROUNDS; i++) {
      if (!isSent(socket, link)) {
        return false;
      }
      long deadline = System.nanoTime() + ROUND.toNanos();
      while (System.nanoTime() < deadline) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        if (socket.receive(left).filter(frame -> isAnswer(link, frame)).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** A wire whose other end is down carries nothing. */
  private boolean isSent(PacketSocket socket, int link) {
    try {
      socket.send(link, frame());
      return true;
    } catch (KernelException e) {
      if (e.errno() == Errno.ENETDOWN) {
        return false;
      }
      throw e;
    }
  }

  private byte[] frame() {
    ByteBuffer frame = ByteBuffer.allocate(ARP_FRAME);
    frame.putShort((short) -1).putInt(-1);
    frame.put(bytes(ASKER)).putShort((short) ARP);
    frame.putShort((short) 1).putShort((short) 0x0800).put((byte) 6).put((byte) 4);
    frame.putShort((short) REQUEST).put(bytes(ASKER)).putInt(ASKERS_ADDRESS.bits());
    frame.put(new byte[6]).putInt(address.bits());
    return frame.array();
  }

  private boolean isAnswer(int link, PacketSocket.Received received) {
    ByteBuffer frame = received.frame();
    return received.link() == link
        && frame.remaining() >= ARP_FRAME
        && frame.getShort(TYPE_AT) == ARP
        && frame.getShort(OPERATION_AT) == REPLY
        && frame.getInt(SENDER_AT) == address.bits();
  }

  private static byte[] bytes(MacAddress mac) {
    byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(mac.bits()).array();
    return java.util.Arrays.copyOfRange(all, 2, all.length);
  }
}
