package org.universalnode.switching.openvswitch.openflow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** Where switches of this machine connect; nobody else can. */
final class ListeningSocket {
  private ListeningSocket() {}

  /**
   * Takes the place of a process that has died.
   *
   * @throws ProblemException if the address is not of this machine alone, is in use, or can't be
   *     bound
   */
  static ServerSocketChannel open(SocketAddress address) {
    try {
      return switch (address) {
        case UnixDomainSocketAddress file -> open(file);
        case InetSocketAddress inet when isLoopback(inet) -> ServerSocketChannel.open().bind(inet);
        default ->
            throw Problem.of(Problem.Code.UNSUPPORTED, "switches may not connect to " + address)
                .next("use a Unix socket or a loopback address")
                .asException();
      };
    } catch (IOException e) {
      throw Problem.of(Problem.Code.KERNEL, "no switch can connect to " + address + ": " + e)
          .next("see that the folder is there, and that nothing else listens")
          .asException();
    }
  }

  private static boolean isLoopback(InetSocketAddress address) {
    return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
  }

  private static ServerSocketChannel open(UnixDomainSocketAddress address) throws IOException {
    removeLeftover(address);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(address);
      Files.setPosixFilePermissions(
          address.getPath(), PosixFilePermissions.fromString("rw-------"));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Removes the socket of a process that has died. */
  private static void removeLeftover(UnixDomainSocketAddress address) throws IOException {
    if (!Files.exists(address.getPath())) {
      return;
    }
    if (isAlive(address)) {
      throw Problem.of(Problem.Code.CONFLICT, "another controller listens at " + address)
          .next("end it, or use another path")
          .asException();
    }
    Files.delete(address.getPath());
  }

  private static boolean isAlive(UnixDomainSocketAddress address) {
    try (SocketChannel probe = SocketChannel.open(address)) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  static void close(ServerSocketChannel channel, SocketAddress address) throws IOException {
    channel.close();
    if (address instanceof UnixDomainSocketAddress file) {
      Files.deleteIfExists(file.getPath());
    }
  }
}
