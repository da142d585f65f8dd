package org.universalnode.linux;

import java.net.InetSocketAddress;
import java.util.OptionalInt;

/**
 * Tells which user of this machine is at the other end of a local TCP connection. The kernel is
 * asked for that one socket, so that the answer takes the same time however many there are.
 */
public final class TcpPeers implements AutoCloseable {
  private static final int SOCK_DIAG_BY_FAMILY = 20;
  private static final int STATE_AT = 1;
  private static final int UID_AT = 64;
  private static final int ESTABLISHED = 1;
  private static final int CLOSE_WAIT = 8;

  private final NetlinkSocket socket;

  private TcpPeers(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** For connections of the calling thread's namespace. */
  public static TcpPeers open() {
    return new TcpPeers(NetlinkSocket.sockets());
  }

  /**
   * The user id of the process that opened the connection.
   *
   * @param client the end that connected
   * @param server the end that listens
   * @return empty if there is no such connection between processes of this machine
   */
  public OptionalInt user(InetSocketAddress client, InetSocketAddress server) {
    NetlinkMessage message =
        new NetlinkMessage("find the socket of " + client, SOCK_DIAG_BY_FAMILY, NetlinkMessage.ACK);
    try {
      return socket.exchange(message.tcpSocket(client, server)).stream()
          .filter(TcpPeers::isOpen)
          .mapToInt(reply -> reply.body().getInt(UID_AT))
          .findFirst();
    } catch (KernelException e) {
      if (e.errno() == Errno.ENOENT) {
        return OptionalInt.empty();
      }
      throw e;
    }
  }

  /** A socket that its process has closed belongs to nobody any more. */
  private static boolean isOpen(NetlinkReply reply) {
    int state = reply.body().get(STATE_AT);
    return state == ESTABLISHED || state == CLOSE_WAIT;
  }

  @Override
  public void close() {
    socket.close();
  }
}
