package org.universalnode.switching.openvswitch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.universalnode.switching.openvswitch.Configuration.Link;

/** Bridges and ports that the node has, whatever the database says meanwhile. Safe for threads. */
final class Made {
  private final Set<Place> bridges = new HashSet<>();
  private final Map<BridgePort, Link> ports = new HashMap<>();

  synchronized void add(Place bridge) {
    bridges.add(bridge);
  }

  /** Takes the place of the one with that identity. */
  synchronized void add(BridgePort port, Link link) {
    ports.keySet().removeIf(other -> isSame(port, other) || other.name().equals(port.name()));
    ports.put(port, link);
  }

  private static boolean isSame(BridgePort one, BridgePort other) {
    return one.place().equals(other.place())
        && one.identity().equals(other.identity())
        && one.kind() == other.kind();
  }

  synchronized void remove(Place bridge) {
    bridges.remove(bridge);
    ports.keySet().removeIf(port -> port.place().equals(bridge));
  }

  synchronized void removeIf(Predicate<BridgePort> which) {
    ports.keySet().removeIf(which);
  }

  synchronized Set<Place> bridges() {
    return Set.copyOf(bridges);
  }

  synchronized Map<BridgePort, Link> ports() {
    return Map.copyOf(ports);
  }

  synchronized Optional<Link> link(BridgePort port) {
    return Optional.ofNullable(ports.get(port));
  }

  synchronized List<BridgePort> ports(Predicate<BridgePort> which) {
    return ports.keySet().stream().filter(which).toList();
  }
}
