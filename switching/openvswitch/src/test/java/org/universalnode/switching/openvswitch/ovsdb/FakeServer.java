package org.universalnode.switching.openvswitch.ovsdb;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/** A server at a Unix socket that says what a test wants, as no ovsdb-server would. */
final class FakeServer implements AutoCloseable {
  static final String SCHEMA =
      """
      {"id": 1, "error": null, "result": {"name": "Open_vSwitch", "version": "8.3.1", "tables": {
        "Open_vSwitch": {"columns": {"bridges": {}, "cur_cfg": {}, "next_cfg": {},
          "external_ids": {}}},
        "Bridge": {"columns": {"name": {}, "ports": {}, "external_ids": {}, "datapath_id": {}}},
        "Port": {"columns": {"name": {}, "interfaces": {}, "external_ids": {}}},
        "Interface": {"columns": {"name": {}, "type": {}, "ofport": {}, "error": {}}}}}}
      """;
  static final String ROWS =
      """
      {"id": 2, "error": null, "result": {"Bridge": {"36bef046-7da7-43a5-905a-c17899216fcb":
        {"new": {"name": "br0", "ports": ["set", []], "external_ids": ["map", [["a", "b"]]]}}}}}
      """;
  static final String UPDATE =
      """
      {"id": null, "method": "update", "params": ["universal node",
        {"Bridge": {"36bef046-7da7-43a5-905a-c17899216fcb": {"old": {"name": "br0"},
          "new": {"name": "br1", "ports": ["set", []], "external_ids": ["map", []]}}}}]}
      """;

  /** What one connection's server side does; it is closed at the end. */
  interface Conversation {
    void talk(Peer peer) throws IOException;
  }

  /** A client as the server sees it. */
  static final class Peer {
    private final SocketChannel socket;
    private final Framer framer = new Framer(1 << 20);
    private final Deque<String> received = new ArrayDeque<>();

    Peer(SocketChannel socket) {
      this.socket = socket;
    }

    /** The next message of the client. */
    String next() throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
      while (received.isEmpty()) {
        if (socket.read(bytes.clear()) < 0) {
          throw new EOFException("the client closed the connection");
        }
        framer.take(bytes.flip(), received::add);
      }
      return received.remove();
    }

    void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] text) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        socket.write(bytes);
      }
    }

    /** Answers what every client asks at first. */
    void greet() throws IOException {
      next();
      send(SCHEMA);
      next();
      send(ROWS);
    }
  }

  private final Path folder;
  private final ServerSocketChannel listening;
  private final Conversation conversation;
  private final AtomicInteger connections = new AtomicInteger();

  FakeServer(Conversation conversation) {
    this.conversation = conversation;
    try {
      folder = Files.createTempDirectory("fake");
      listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listening.bind(UnixDomainSocketAddress.of(socket()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  Path socket() {
    return folder.resolve("s");
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel socket = listening.accept();
        connections.incrementAndGet();
        Thread.startVirtualThread(() -> talk(socket));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void talk(SocketChannel socket) {
    try (socket) {
      conversation.talk(new Peer(socket));
    } catch (IOException e) {
      // the client went away, which is what some tests want
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    Files.deleteIfExists(socket());
    Files.deleteIfExists(folder);
  }
}
