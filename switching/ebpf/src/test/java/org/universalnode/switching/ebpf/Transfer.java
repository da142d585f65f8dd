package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.universalnode.testbed.Host;

/** Random bytes by TCP, whose digests at both ends are compared. */
record Transfer(long bytes, long seed) {
  private static final int PORT = 9100;
  private static final int CHUNK = 1 << 16;
  private static final int MILLIS = 5_000;

  static Transfer of(long bytes) {
    return new Transfer(bytes, bytes);
  }

  /** Whether the bytes that arrive at the server are those that the client sent. */
  boolean run(Host client, Host server, String address) {
    try (ServerSocket listening =
            server
                .namespace()
                .call(() -> new ServerSocket(PORT, 1, InetAddress.ofLiteral(address)));
        Socket socket = client.namespace().call(Transfer::made)) {
      socket.connect(new InetSocketAddress(address, PORT), MILLIS);
      try (Socket accepted = listening.accept()) {
        accepted.setSoTimeout(MILLIS);
        MessageDigest sent = digest();
        Thread sender = Thread.ofPlatform().start(() -> send(socket, sent));
        MessageDigest got = digest();
        byte[] chunk = new byte[CHUNK];
        for (int n = read(accepted, chunk); n >= 0; n = read(accepted, chunk)) {
          got.update(chunk, 0, n);
        }
        join(sender);
        return MessageDigest.isEqual(sent.digest(), got.digest());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(Socket socket, MessageDigest sent) {
    Random random = new Random(seed);
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = socket.getOutputStream()) {
      for (long done = 0; done < bytes; done += CHUNK) {
        random.nextBytes(chunk);
        sent.update(chunk);
        out.write(chunk);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int read(Socket socket, byte[] chunk) throws IOException {
    return socket.getInputStream().read(chunk);
  }

  private static Socket made() throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true); // has it made at once, in this namespace
    return socket;
  }

  private static void join(Thread sender) {
    try {
      sender.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
