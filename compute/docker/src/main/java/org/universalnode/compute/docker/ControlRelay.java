package org.universalnode.compute.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.universalnode.linux.NetworkNamespace;

/**
 * A TCP port of the node behind which is one of a container, which has no network of the engine's.
 * Who connects is connected, by a socket of the container's namespace, to the port on its loopback.
 */
final class ControlRelay implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ControlRelay.class.getName());
  private static final int MOST_CONNECTIONS = 64;
  private static final int COPIED = 16 << 10;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Where connections go. */
  record Target(NetworkNamespace namespace, int port) {}

  private final ServerSocketChannel listening;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile Target target;

  private ControlRelay(ServerSocketChannel listening, Target target) {
    this.listening = listening;
    this.target = target;
  }

  /** Listens at a port of all of the node's addresses. */
  static ControlRelay begin(int port, Target target) throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    try {
      listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listening.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      listening.close();
      throw e;
    }
    ControlRelay relay = new ControlRelay(listening, target);
    Thread.ofVirtual().name("control port " + port).start(relay::accept);
    return relay;
  }

  /** Who connects from now on is connected to that. */
  void lead(Target other) {
    target = other;
  }

  /** Ends the connections too. */
  @Override
  public void close() {
    close(listening);
    open.forEach(ControlRelay::close);
  }

  private void accept() {
    try {
      while (listening.isOpen()) {
        SocketChannel outside = listening.accept();
        if (free.tryAcquire()) {
          Thread.ofVirtual().start(() -> serve(outside));
        } else {
          close(outside);
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}", e.toString()); // it was closed
    }
  }

  private void serve(SocketChannel outside) {
    open.add(outside);
    Target now = target;
    try (outside;
        SocketChannel inside = now.namespace().call(SocketChannel::open)) {
      open.add(inside);
      if (!listening.isOpen()) {
        return; // who waits to accept is given one more after the end
      }
      inside
          .socket()
          .connect(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), now.port()),
              (int) CONNECT.toMillis());
      Thread answers = Thread.ofVirtual().start(() -> copy(inside, outside));
      copy(outside, inside);
      answers.join();
      open.remove(inside);
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", now, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(outside);
      open.removeIf(channel -> !channel.isOpen());
      free.release();
    }
  }

  /** One direction, to its end. */
  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(COPIED);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}", e.toString());
    }
  }
}
