package org.universalnode.switching.openvswitch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.universalnode.problem.Problem;
import org.universalnode.switching.Attachment;

/**
 * Sockets at which Open vSwitch serves vhost-user. It makes them in a folder of its own, each with
 * the name of its interface (topics/dpdk/vhost-user of its documentation), so where a function
 * looks for one there is a link to it.
 */
final class Sockets {
  static final Configuration.Link LINK = new Configuration.Link("dpdkvhostuser", Map.of());

  private static final System.Logger LOG = System.getLogger(Sockets.class.getName());

  /** How long a process that was killed may still listen. */
  private static final Duration DYING = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  /** A folder below its own, if somebody has decided so. */
  private static final String BELOW = "vhost-sock-dir";

  private final Configuration configuration;
  private final Names names;
  private final Path beside;

  /**
   * Of one node.
   *
   * @param beside a file in the folder where Open vSwitch has its sockets
   */
  Sockets(Configuration configuration, Names names, Path beside) {
    this.configuration = configuration;
    this.names = names;
    this.beside = beside;
  }

  /** Refuses them all where Open vSwitch does without DPDK. */
  void require() {
    if (!configuration.picture().hasDpdk()) {
      throw refused(
          "Open vSwitch runs without DPDK",
          "start ovs-vswitchd of openvswitch-switch-dpdk with other_config:dpdk-init=true");
    }
    if (!configuration.places().isEmpty() && !configuration.isUserspace()) {
      throw refused(
          "the bridges of this node are in the kernel",
          "delete all graphs, so that bridges are made anew");
    }
  }

  private static RuntimeException refused(String why, String next) {
    return Problem.of(
            Problem.Code.UNSUPPORTED, why + ", and so reaches no function by vhost-user sockets")
        .next(next + ", or use another port technology")
        .asException();
  }

  String name(Attachment.FunctionSocket attachment) {
    return names.vhostUser(attachment.identity());
  }

  /** Makes the link to the switch's socket, unless it is there. */
  void show(Attachment.FunctionSocket attachment) {
    Path link = attachment.socket();
    Path socket = folder().resolve(name(attachment));
    try {
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(socket)) {
        return;
      }
      if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
        throw Problem.of(Problem.Code.CONFLICT, link + " is there, and no link to a socket")
            .next("remove it, if nobody needs it")
            .asException();
      }
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the link. */
  void hide(Attachment.FunctionSocket attachment) {
    try {
      if (Files.isSymbolicLink(attachment.socket())) {
        Files.delete(attachment.socket());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes the sockets of a switch that was killed. One that is started cannot make them anew
   * while they lie there (rte_vhost_driver_start), and then is not usable at all.
   *
   * @param away whether the switch is away: what one that is back serves is not touched
   */
  void clearDead(BooleanSupplier away) {
    long deadline = System.nanoTime() + DYING.toNanos();
    Set<Path> left = own();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      if (away.getAsBoolean()) { // it may take a moment until all connections are known to be gone
        left.removeIf(Sockets::removeIfDead);
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private Set<Path> own() {
    return configuration.ports().stream()
        .filter(port -> port.kind() == BridgePort.Kind.SOCKET)
        .map(port -> folder().resolve(port.name()))
        .filter(Files::exists)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static boolean removeIfDead(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return !channel.isConnected();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", socket, e.getMessage());
      return delete(socket);
    }
  }

  private static boolean delete(Path socket) {
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} is nobody''s and stays: {1}", socket, e);
    }
    return true;
  }

  private Path folder() {
    String below = configuration.picture().root().map("other_config").getOrDefault(BELOW, "");
    return beside.resolveSibling(below.isEmpty() ? "." : below).normalize();
  }
}
