package org.universalnode.compute.libvirt;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Tap;
import org.universalnode.problem.Problem;

/** The interfaces of the machine that are ports of an instance. */
record Taps(Place place, List<Port> ports) {

  static Taps of(Place place, Recorded instance) {
    return new Taps(place, instance.taps());
  }

  /** Makes those that are missing. */
  void make() {
    try (RouteSocket route = RouteSocket.open()) {
      for (Port port : ports) {
        String name = port.tap(place);
        Optional<Link> there = route.link(name);
        if (there.isPresent() && isOurs(there.get(), port)) {
          continue;
        }
        if (there.isPresent() && !there.get().alias().isEmpty()) {
          throw Problem.of(Problem.Code.CONFLICT, "the interface " + name + " is somebody else's")
              .next("rename it")
              .asException();
        }
        if (there.isEmpty()) {
          Tap.create(name);
        }
        route.markSilent(route.link(name).orElseThrow(), place.aliasOf(port.label()));
      }
    }
  }

  boolean areLost() {
    try (RouteSocket route = RouteSocket.open()) {
      return ports.stream()
          .anyMatch(port -> route.link(port.tap(place)).filter(of -> isOurs(of, port)).isEmpty());
    }
  }

  /** Frames wait for a guest that stands still, and would come late: so none is taken. */
  void disconnect() {
    try (RouteSocket route = RouteSocket.open()) {
      ports.forEach(port -> route.link(port.tap(place)).ifPresent(route::pull));
    }
  }

  void connect() {
    try (RouteSocket route = RouteSocket.open()) {
      ports.forEach(port -> route.link(port.tap(place)).ifPresent(route::plug));
    }
  }

  /** Removes all that an instance of that name can have left. */
  static void remove(Place place) {
    try (RouteSocket route = RouteSocket.open()) {
      for (Link link : route.links()) {
        if (Place.nameIn(place.node(), link.alias()).equals(place.name())) {
          route.deleteLink(link.name());
        }
      }
    }
  }

  /** Removes those of ports that the instance does not have any more. */
  static void removeAllBut(Place place, Recorded instance) {
    Set<String> kept =
        instance.taps().stream().map(port -> port.tap(place)).collect(Collectors.toSet());
    try (RouteSocket route = RouteSocket.open()) {
      for (Link link : route.links()) {
        if (Place.nameIn(place.node(), link.alias()).equals(place.name())
            && !kept.contains(link.name())) {
          route.deleteLink(link.name());
        }
      }
    }
  }

  /** Names of the instances of a node that have taps. */
  static Set<String> owners(String node) {
    Set<String> names = new HashSet<>();
    try (RouteSocket route = RouteSocket.open()) {
      for (Link link : route.links()) {
        String name = Place.nameIn(node, link.alias());
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private boolean isOurs(Link link, Port port) {
    return link.alias().equals(place.aliasOf(port.label()));
  }
}
