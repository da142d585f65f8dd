package org.universalnode.node.hoststack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.Route;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Ipv4Address;

class OccupiedTest {
  private static final StackInterface AT = new StackInterface("g/e", "uh0", 7);
  private static final Map<StackInterface, InterfaceAddress> BOUND =
      Map.of(AT, InterfaceAddress.parse("198.18.7.5/24"));

  @TempDir Path folder;

  @Test
  void routesInsideAndAroundTheSubnetAreMet() {
    assertThat(refusals(route("198.18.7.128", 25)))
        .containsEntry(AT, "198.18.7.5/24 meets the route to 198.18.7.128/25 of this machine");
    assertThat(refusals(route("198.18.0.0", 15))).containsKey(AT);
    assertThat(refusals(route("198.18.7.9", 32))).containsKey(AT);
    assertThat(refusals(route("198.18.6.0", 24))).isEmpty();
  }

  @Test
  void nameServersAreMet() throws IOException {
    Path file = folder.resolve("resolv.conf");
    Files.writeString(
        file, "#nameserver 1.1.1.1\nnameserver 9.9.9.999\nnameserver 198.18.7.53 \nnameserver ::1");
    Resolvers resolvers = new Resolvers(List.of(folder.resolve("none"), file));
    assertThat(resolvers.nameServers()).containsExactly(Ipv4Address.parse("198.18.7.53"));
    assertThat(new Occupied(List.of(), resolvers.nameServers()).refusals(BOUND))
        .containsEntry(AT, "198.18.7.5/24 meets 198.18.7.53, a name server of this machine");
    assertThat(new Occupied(List.of(), Set.of(Ipv4Address.parse("9.9.9.9"))).refusals(BOUND))
        .isEmpty();
  }

  private static Map<StackInterface, String> refusals(Route route) {
    return new Occupied(List.of(route), Set.of()).refusals(BOUND);
  }

  private static Route route(String network, int length) {
    return new Route(InetAddress.ofLiteral(network), length, 3);
  }
}
