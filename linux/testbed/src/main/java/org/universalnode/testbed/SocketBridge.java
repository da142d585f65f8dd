package org.universalnode.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.Offloads;
import org.universalnode.linux.RouteSocket;

/**
 * Open vSwitch with DPDK in a network namespace of its own, between two hosts: what the left one
 * sends goes to the first of two vhost-user sockets, what the right one sends to the second, and
 * back. Whoever is at both sockets stands between the hosts.
 */
public final class SocketBridge implements AutoCloseable {
  private static final String BRIDGE = "br0";
  private static final List<String> SOCKETS = List.of("vu0", "vu1");
  private static final String RIGHT = "10.9.0.2";

  /** What Open vSwitch needs for itself. */
  private static final int ITS_HUGE_PAGES = 1000;

  private final HugePages pages;
  private final NetworkNamespace namespace;
  private final PrivateOpenVswitch ovs;
  private final Testbed testbed;
  private final Host left;
  private final Host right;

  /**
   * Starts it.
   *
   * @param hugePages of 2 MiB, for others besides
   */
  public SocketBridge(int hugePages) {
    pages = HugePages.add(ITS_HUGE_PAGES + hugePages);
    namespace =
        NetworkNamespace.create("udo" + ProcessHandle.current().pid() + "x" + System.nanoTime());
    ovs = PrivateOpenVswitch.withDpdk(namespace);
    testbed = new Testbed(namespace.routeSocket());
    left = testbed.host("10.9.0.1/24");
    right = testbed.host(RIGHT + "/24");
    List.of(left, right).forEach(SocketBridge::sendFinished);
    bridge();
  }

  /** Whether the left host can open a TCP connection to the right one now. */
  public boolean connects() {
    return left.connect(right, RIGHT, 7000).filter("10.9.0.1"::equals).isPresent();
  }

  /** Has it serve at these paths, by links, as a switch's driver does. */
  public void serve(List<Path> paths) {
    try {
      for (int i = 0; i < paths.size(); i++) {
        Files.createSymbolicLink(paths.get(i), ovs.folder().resolve(SOCKETS.get(i)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the switch and starts it again; it forwards when {@link #forward} succeeds. */
  public void startAgain() {
    ovs.killSwitch();
    try {
      for (String socket : SOCKETS) { // which it would not overwrite
        Files.delete(ovs.folder().resolve(socket));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ovs.startSwitch();
  }

  /** Tells it the ways of frames. It listens a moment after it says that it runs. */
  public void forward() {
    forward(left.cable(), SOCKETS.getFirst());
    forward(SOCKETS.getLast(), right.cable());
  }

  private void forward(String one, String other) {
    ovs.ofctl("add-flow", BRIDGE, "in_port=" + one + ",actions=output:" + other);
    ovs.ofctl("add-flow", BRIDGE, "in_port=" + other + ",actions=output:" + one);
  }

  /** Nobody on the way finishes what a host left to its network card, as it has none. */
  private static void sendFinished(Host host) {
    host.namespace()
        .call(
            () -> {
              try (RouteSocket route = RouteSocket.open();
                  Offloads offloads = Offloads.open()) {
                route.links().stream()
                    .filter(link -> !link.name().equals("lo"))
                    .forEach(offloads::sendFinished);
              }
              return host;
            });
  }

  private void bridge() {
    try (RouteSocket route = namespace.routeSocket()) {
      List.of(left, right).forEach(host -> route.up(host.cable()));
    }
    ovs.vsctl("add-br br0 -- set bridge br0 datapath_type=netdev fail_mode=secure".split(" ", -1));
    List.of(left, right).forEach(host -> ovs.vsctl("add-port", BRIDGE, host.cable()));
    SOCKETS.forEach(
        socket ->
            ovs.vsctl(
                "add-port br0 %s -- set interface %s type=dpdkvhostuser"
                    .formatted(socket, socket)
                    .split(" ", -1)));
    forward();
  }

  /** How long anything may take that waits for it. */
  public static Duration patience() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void close() {
    try (HugePages _ = pages) {
      testbed.close();
      ovs.close();
      namespace.delete();
    }
  }
}
