package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Tells which user of this machine is at the other end of a local TCP connection (proc(5)). */
public final class TcpPeers {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int UID = 7;

  private TcpPeers() {}

  /**
   * The user id of the process that opened the connection.
   *
   * @param client the end that connected
   * @param server the end that listens
   * @return empty if there is no such connection between processes of this machine
   */
  public static OptionalInt user(InetSocketAddress client, InetSocketAddress server) {
    try {
      for (Path table : TABLES) {
        boolean six = table.endsWith("tcp6");
        String local = entry(client, six);
        String remote = entry(server, six);
        for (String line : Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
          String[] fields = line.strip().split("\\s+", -1);
          if (fields[LOCAL].equals(local) && fields[REMOTE].equals(remote)) {
            return OptionalInt.of(Integer.parseInt(fields[UID]));
          }
        }
      }
      return OptionalInt.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An address as the kernel prints it: 32-bit words in the machine's order, then the port. */
  private static String entry(InetSocketAddress address, boolean six) {
    ByteBuffer bytes = ByteBuffer.wrap(widened(address.getAddress(), six));
    StringBuilder text = new StringBuilder();
    ByteBuffer words = bytes.order(ByteOrder.nativeOrder());
    while (words.hasRemaining()) {
      text.append(String.format(Locale.ROOT, "%08X", words.getInt()));
    }
    return text.append(String.format(Locale.ROOT, ":%04X", address.getPort())).toString();
  }

  private static byte[] widened(InetAddress address, boolean six) {
    byte[] bytes = address.getAddress();
    if (!six || bytes.length == 16) {
      return bytes;
    }
    return ByteBuffer.allocate(16).put(10, (byte) 0xff).put(11, (byte) 0xff).put(12, bytes).array();
  }
}
