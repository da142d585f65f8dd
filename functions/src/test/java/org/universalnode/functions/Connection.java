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
    return translated(client, address, port).to(server, address, port);
  }

  /** What a client asks for, which something on the way translates. */
  static Request translated(Host client, String address, int port) {
    return new Request(client, address, port);
  }

  /** The address of the client as the server sees it. */
  String clientAsSeen() {
    return server.socket().getInetAddress().getHostAddress();
  }

  /**
   * A connection to be opened.
   *
   * @param address with {@code port}, the one that the client connects to
   */
  record Request(Host client, String address, int port) {

    /** Opens it to where {@code server} listens in truth. */
    Connection to(Host server, String serverAddress, int serverPort) {
      try (ServerSocketChannel listening = server.namespace().call(ServerSocketChannel::open)) {
        listening.bind(new InetSocketAddress(InetAddress.getByName(serverAddress), serverPort));
        SocketChannel opened = client.namespace().call(SocketChannel::open);
        opened
            .socket()
            .connect(new InetSocketAddress(InetAddress.getByName(address), port), PATIENCE_MILLIS);
        return new Connection(opened, listening.accept());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
