package org.universalnode.compute.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** A connection to the engine's socket that is used for one request, in limited time. */
final class EngineConnection implements AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final long deadline;
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER).flip();

  private EngineConnection(SocketChannel channel, Selector selector, Duration limit)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.deadline = System.nanoTime() + limit.toNanos();
    channel.configureBlocking(false);
    this.key = channel.register(selector, 0);
  }

  /**
   * Connects.
   *
   * @param limit after which whatever is done with it fails with {@link InterruptedIOException}
   */
  static EngineConnection open(Path socket, Duration limit) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    Selector selector = null;
    try {
      selector = Selector.open();
      return new EngineConnection(channel, selector, limit);
    } catch (IOException e) {
      channel.close();
      if (selector != null) {
        selector.close();
      }
      throw e;
    }
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /** What the engine answers, until it closes the connection. */
  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return fill() ? received.get() & 0xff : -1;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (!fill()) {
          return -1;
        }
        int count = Math.min(length, received.remaining());
        received.get(bytes, from, count);
        return count;
      }
    };
  }

  /** False at the end. */
  private boolean fill() throws IOException {
    if (received.hasRemaining()) {
      return true;
    }
    received.clear();
    int count = channel.read(received);
    while (count == 0) {
      await(SelectionKey.OP_READ);
      count = channel.read(received);
    }
    received.flip();
    return count > 0;
  }

  private void await(int operation) throws IOException {
    key.interestOps(operation);
    selector.selectedKeys().clear();
    long left = deadline - System.nanoTime();
    if (left <= 0 || selector.select(Math.max(1, left / 1_000_000)) == 0) {
      throw new InterruptedIOException(
          Thread.currentThread().isInterrupted() ? "it was interrupted" : "it took too long");
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
