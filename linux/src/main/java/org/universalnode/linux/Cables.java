package org.universalnode.linux;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Interfaces inside a namespace whose other ends are links of this machine.
 *
 * @param interfaces their names inside
 */
public record Cables(NetworkNamespace namespace, List<String> interfaces) {
  public Cables {
    interfaces = List.copyOf(interfaces);
  }

  /** Whether the namespace is there without one of them. */
  public boolean areLost() {
    if (!namespace.exists()) {
      return false;
    }
    try (RouteSocket inside = namespace.routeSocket()) {
      return interfaces.stream().anyMatch(name -> inside.link(name).isEmpty());
    }
  }

  /** Pulls them: the far ends go down, so that inside routes and addresses stay. */
  public void disconnect() {
    try (RouteSocket outside = RouteSocket.open()) {
      farEnds(outside).forEach(outside::pull);
    }
  }

  /** Plugs them in again. */
  public void connect() {
    try (RouteSocket outside = RouteSocket.open()) {
      farEnds(outside).forEach(outside::plug);
    }
  }

  /** Numbers of the links that are their other ends; those of interfaces that exist. */
  public Set<Integer> far() {
    if (!namespace.exists()) {
      return Set.of();
    }
    try (RouteSocket inside = namespace.routeSocket()) {
      return interfaces.stream()
          .flatMap(name -> inside.link(name).stream())
          .map(Link::lower)
          .collect(Collectors.toSet());
    }
  }

  /** The other ends, as the socket's namespace has them. */
  public List<Link> farEnds(RouteSocket outside) {
    return far().stream().flatMap(number -> outside.link(number).stream()).toList();
  }
}
