package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.universalnode.testbed.Host;

/** A TCP connection that stays open, seen from both ends. */
record Connection(SocketChannel client, SocketChannel server) implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 500;

  /** Opens one to {@code address}, which {@code server} has. */
  static Connection open(Host client, Host server, String address, int port) {
    try (ServerSocketChannel listening = server.namespace().call(ServerSocketChannel::open)) {
      InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(address), port);
      listening.bind(target);
      SocketChannel opened = client.namespace().call(SocketChannel::open);
      opened.socket().connect(target, PATIENCE_MILLIS);
      return new Connection(opened, listening.accept());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a text gets from the client to the server. */
  boolean carries(String text) {
    byte[] sent = text.getBytes(UTF_8);
    byte[] received = new byte[sent.length];
    try {
      client.write(ByteBuffer.wrap(sent));
      server.socket().setSoTimeout(PATIENCE_MILLIS);
      int count = server.socket().getInputStream().readNBytes(received, 0, received.length);
      return count == sent.length && text.equals(new String(received, UTF_8));
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (client;
        server) {
      // both ends
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
