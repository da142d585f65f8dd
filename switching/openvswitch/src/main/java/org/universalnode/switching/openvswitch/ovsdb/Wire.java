package org.universalnode.switching.openvswitch.ovsdb;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A connected Unix socket, read and written by one thread; any thread may have bytes sent. */
final class Wire implements AutoCloseable {
  private static final int READ_AT_ONCE = 1 << 16;

  private final SocketChannel socket;
  private final Selector selector;
  private final SelectionKey key;
  private final Framer framer;
  private final int mostWaiting;
  private final Queue<ByteBuffer> outgoing = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ByteBuffer incoming = ByteBuffer.allocate(READ_AT_ONCE);

  private Wire(SocketChannel socket, int messageBytes) throws IOException {
    this.socket = socket;
    this.framer = new Framer(messageBytes);
    this.mostWaiting = messageBytes;
    this.selector = Selector.open();
    socket.configureBlocking(false);
    this.key = socket.register(selector, SelectionKey.OP_READ);
  }

  static Wire connect(Path path, int messageBytes) throws IOException {
    SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
    try {
      return new Wire(socket, messageBytes);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends as soon as the server reads; false, and nothing is done, if too much waits already. */
  boolean send(ByteBuffer bytes) {
    if (waiting.addAndGet(bytes.remaining()) > mostWaiting) {
      waiting.addAndGet(-bytes.remaining());
      return false;
    }
    outgoing.add(bytes);
    selector.wakeup();
    return true;
  }

  /**
   * Sends and receives what is there, after waiting for it if need be.
   *
   * @param atMost at least a millisecond
   */
  void exchange(Duration atMost, Consumer<String> receiver) throws IOException {
    int write = outgoing.isEmpty() ? 0 : SelectionKey.OP_WRITE;
    key.interestOps(SelectionKey.OP_READ | write);
    selector.select(_ -> {}, Math.max(1, atMost.toMillis()));
    for (ByteBuffer next = outgoing.peek(); next != null; next = outgoing.peek()) {
      waiting.addAndGet(-socket.write(next));
      if (next.hasRemaining()) {
        break;
      }
      outgoing.remove();
    }
    incoming.clear();
    if (socket.read(incoming) < 0) {
      throw new EOFException("the server closed the connection");
    }
    framer.take(incoming.flip(), receiver);
  }

  @Override
  public void close() throws IOException {
    try (socket;
        selector) {
      outgoing.clear();
    }
  }
}
