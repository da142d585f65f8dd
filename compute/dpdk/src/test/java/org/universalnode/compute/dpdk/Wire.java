package org.universalnode.compute.dpdk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.universalnode.linux.Errno;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.Link;
import org.universalnode.linux.PacketSocket;
import org.universalnode.linux.RouteSocket;

/** Two interfaces of this namespace, between which there is a forwarder, or should be. */
record Wire(String one, String other) {
  private static final Duration EACH = Duration.ofMillis(50);

  Wire reversed() {
    return new Wire(other, one);
  }

  /** Sets both up, as a switch that mends does. */
  void up() {
    try (RouteSocket route = RouteSocket.open()) {
      route.up(one);
      route.up(other);
    }
  }

  /** Whether a frame that is sent at one end again and again arrives at the other once. */
  boolean carries(Duration atMost) {
    byte[] frame = frame(one + " " + System.nanoTime());
    long deadline = System.nanoTime() + atMost.toNanos();
    try (PacketSocket socket = PacketSocket.open();
        RouteSocket route = RouteSocket.open()) {
      int sending = route.link(one).map(Link::index).orElseThrow();
      int receiving = route.link(other).map(Link::index).orElseThrow();
      while (System.nanoTime() < deadline) {
        send(socket, sending, frame);
        Optional<PacketSocket.Received> got = socket.receive(EACH);
        while (got.isPresent()) {
          if (got.get().link() == receiving && holds(got.get().frame(), frame)) {
            return true;
          }
          got = socket.receive(Duration.ofMillis(5));
        }
      }
      return false;
    }
  }

  /** An end that is down carries nothing. */
  private static void send(PacketSocket socket, int link, byte[] frame) {
    try {
      socket.send(link, frame);
    } catch (KernelException e) {
      if (e.errno() != Errno.ENETDOWN) {
        throw e;
      }
    }
  }

  private static boolean holds(ByteBuffer got, byte[] sent) {
    byte[] bytes = new byte[got.remaining()];
    got.duplicate().get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .contains(new String(sent, StandardCharsets.ISO_8859_1));
  }

  /** Broadcast, of the type that is for experiments (IEEE 802). */
  private static byte[] frame(String text) {
    ByteBuffer frame = ByteBuffer.allocate(100);
    frame.put(new byte[] {-1, -1, -1, -1, -1, -1, 6, 0, 0, 0, 0, 1, (byte) 0x88, (byte) 0xb5});
    frame.put(text.getBytes(StandardCharsets.US_ASCII));
    return frame.array();
  }
}
