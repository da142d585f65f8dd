package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.universalnode.compute.PortSpec;
import org.universalnode.linux.Cables;
import org.universalnode.linux.NeighbourPace;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.InterfaceAddress;

/**
 * The ports of one instance, or of one graph in a shared one, which a switch makes.
 *
 * @param interfaces their names inside the namespace
 */
record Ports(NetworkNamespace namespace, List<String> interfaces) {
  private static final String ADDR_GEN_MODE_NONE = "1";

  /** Whether a switch would make one of them anew, with nothing of what handlers did to it. */
  boolean areLost() {
    return cables().areLost();
  }

  /** Gives them their addresses and sets them up; they lead nowhere yet. */
  void configure(List<PortSpec> specs) {
    try (RouteSocket route = namespace.call(this::silenced)) {
      for (int i = 0; i < interfaces.size(); i++) {
        String name = interfaces.get(i);
        specs.get(i).address().ifPresent(address -> addAddress(route, name, address));
        route.up(name);
      }
    }
  }

  /** They lead somewhere. */
  void lead() {
    namespace.call(
        () -> {
          interfaces.forEach(NeighbourPace::calm);
          return namespace;
        });
  }

  /** Pulls the cables: the far ends go down, so that inside routes and addresses stay. */
  void disconnect() {
    cables().disconnect();
  }

  /** Plugs the cables in again. */
  void connect() {
    cables().connect();
  }

  /** Removes them, where the namespace stays. */
  void remove() {
    if (namespace.exists()) {
      try (RouteSocket inside = namespace.routeSocket()) {
        interfaces.forEach(inside::deleteLink);
      }
    }
  }

  /** Numbers of the links that are their other ends; those of ports that exist. */
  Set<Integer> far() {
    return cables().far();
  }

  private Cables cables() {
    return new Cables(namespace, interfaces);
  }

  /** Without a link-local address the kernel sends no frames of its own on a function's port. */
  private RouteSocket silenced() throws IOException {
    for (String name : interfaces) {
      Path mode = Path.of("/proc/sys/net/ipv6/conf", name, "addr_gen_mode");
      if (Files.exists(mode)) {
        Files.writeString(mode, ADDR_GEN_MODE_NONE);
      }
      NeighbourPace.hurry(name);
    }
    return RouteSocket.open();
  }

  private static void addAddress(RouteSocket route, String name, InterfaceAddress address) {
    try {
      byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(address.address().bits()).array();
      route.setAddress(name, InetAddress.getByAddress(bytes), address.prefixLength());
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}
