package org.universalnode.node.hoststack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.linux.Link;
import org.universalnode.linux.Route;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.nffg.Ipv4Prefix;

/**
 * Networks that the machine has ways to by now: an address that met none of them when a client took
 * it may do so later. {@code lease.sh} asks the same when it takes one, also while no node runs.
 *
 * @param routes of all tables that meet the addresses asked about; no default ones, which an
 *     address leaves as they are, and none of interfaces that were made for graphs
 */
record Occupied(List<Route> routes, Set<Ipv4Address> nameServers) {

  Occupied {
    routes = List.copyOf(routes);
    nameServers = Set.copyOf(nameServers);
  }

  /** What of the machine these addresses meet, as far as it is not their own interfaces'. */
  static Occupied meeting(
      Map<StackInterface, InterfaceAddress> bound, Set<Ipv4Address> nameServers) {
    Set<Integer> own = new HashSet<>();
    bound.keySet().forEach(at -> own.add(at.index()));
    List<Route> routes = new ArrayList<>();
    try (RouteSocket kernel = RouteSocket.open()) {
      kernel.links().stream().filter(Occupied::isForGraph).map(Link::index).forEach(own::add);
      kernel.forEachRoute(
          route -> {
            boolean meets = bound.values().stream().anyMatch(address -> meet(address, route));
            if (route.prefixLength() > 0 && !own.contains(route.link()) && meets) {
              routes.add(route);
            }
          });
    }
    return new Occupied(routes, nameServers);
  }

  /** Why each of the addresses must go that must; the others are absent. */
  Map<StackInterface, String> refusals(Map<StackInterface, InterfaceAddress> bound) {
    Map<StackInterface, String> refusals = new HashMap<>();
    bound.forEach((at, address) -> refusal(address).ifPresent(why -> refusals.put(at, why)));
    return refusals;
  }

  private Optional<String> refusal(InterfaceAddress address) {
    Ipv4Prefix subnet = new Ipv4Prefix(address.address(), address.prefixLength());
    return nameServers.stream()
        .filter(subnet::contains)
        .map(server -> server + ", a name server of this machine")
        .findFirst()
        .or(() -> route(address))
        .map(met -> address + " meets " + met);
  }

  private Optional<String> route(InterfaceAddress address) {
    return routes.stream()
        .filter(route -> meet(address, route))
        .map(route -> "the route to " + network(route) + " of this machine")
        .findFirst();
  }

  private static boolean meet(InterfaceAddress address, Route route) {
    int length = Math.min(address.prefixLength(), route.prefixLength());
    return new Ipv4Prefix(address.address(), length).contains(network(route).network());
  }

  private static Ipv4Prefix network(Route route) {
    Ipv4Address first = Ipv4Address.parse(route.destination().getHostAddress());
    return new Ipv4Prefix(first, route.prefixLength());
  }

  private static boolean isForGraph(Link link) {
    return link.name().matches("uh[0-9a-f]{12}");
  }
}
