package org.universalnode.node;

import java.util.Map;
import java.util.Optional;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.NotifySocket;

/**
 * Who started the node and wants to know how it is, if somebody does: systemd, by sd_notify(3).
 *
 * @param socket empty if nobody asks
 */
record Supervisor(Optional<NotifySocket> socket) {
  private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());

  static Supervisor of(Map<String, String> environment) {
    String address = environment.getOrDefault("NOTIFY_SOCKET", "");
    Optional<NotifySocket> socket = NotifySocket.of(address);
    if (socket.isEmpty() && !address.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "NOTIFY_SOCKET is no address: {0}", address);
    }
    return new Supervisor(socket);
  }

  /** Tells it, in lines like {@code READY=1}; the node goes on if that fails. */
  void tell(String state) {
    try {
      socket.ifPresent(one -> one.send(state + "\n"));
    } catch (KernelException e) {
      LOG.log(System.Logger.Level.WARNING, "the service manager was not told: " + e.getMessage());
    }
  }
}
