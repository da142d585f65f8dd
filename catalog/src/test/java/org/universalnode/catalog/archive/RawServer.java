package org.universalnode.catalog.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** A server on loopback that sends what it likes, whatever it is asked. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;

  private RawServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** What is sent to each client. */
  interface Answer {
    void send(OutputStream out) throws IOException, InterruptedException;
  }

  static RawServer sending(Answer answer) {
    try {
      RawServer server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(() -> server.serve(answer));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One byte of an endless body every 50 ms. */
  static Answer trickle() {
    return out -> {
      out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
      while (true) {
        out.write('x');
        out.flush();
        Thread.sleep(50);
      }
    };
  }

  static Answer tricklingHeaders() {
    return out -> {
      out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(US_ASCII));
      while (true) {
        out.write('x');
        out.flush();
        Thread.sleep(50);
      }
    };
  }

  static Answer silent() {
    return _ -> Thread.sleep(60_000);
  }

  /** A length in the header, and other bytes than these. */
  static Answer body(long announced, byte[] body) {
    return out -> {
      out.write(
          ("HTTP/1.1 200 OK\r\nContent-Length: " + announced + "\r\n\r\n").getBytes(US_ASCII));
      out.write(body);
    };
  }

  static Answer endless() {
    return out -> {
      out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
      byte[] block = new byte[64 << 10];
      while (true) {
        out.write(block);
      }
    };
  }

  static Answer line(String text) {
    return out -> out.write((text + "\r\n\r\n").getBytes(US_ASCII));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/f.tgz");
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Answer answer) {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client, answer));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void serve(Socket client, Answer answer) {
    try (client) {
      byte[] request = new byte[4_096];
      if (client.getInputStream().read(request) > 0) {
        answer.send(client.getOutputStream());
      }
    } catch (IOException e) {
      // the client has gone, as it should
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
