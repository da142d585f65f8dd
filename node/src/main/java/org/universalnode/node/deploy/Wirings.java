package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.catalog.resolve.Link;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;

/** Which ports of a graph hand frames to each other: what its rules say, whichever way. */
final class Wirings {
  private Wirings() {}

  static List<Link> of(ServiceGraph graph) {
    Set<Set<PortRef>> seen = new LinkedHashSet<>();
    for (FlowRule rule : graph.rules()) {
      rule.outputs().forEach(out -> seen.add(pair(rule.match().portIn(), out)));
    }
    List<Link> links = new ArrayList<>();
    seen.forEach(pair -> link(List.copyOf(pair)).ifPresent(links::add));
    return links;
  }

  private static Set<PortRef> pair(PortRef one, PortRef other) {
    Set<PortRef> pair = new LinkedHashSet<>();
    pair.add(one);
    pair.add(other);
    return pair;
  }

  /** Between end-points there is nothing to choose. */
  private static Optional<Link> link(List<PortRef> ends) {
    List<Link.Port> functions =
        ends.stream()
            .filter(PortRef.OfFunction.class::isInstance)
            .map(end -> port((PortRef.OfFunction) end))
            .toList();
    if (functions.isEmpty()) {
      return Optional.empty();
    }
    Optional<Link.Port> other =
        ends.size() == 1 || functions.size() == 2
            ? Optional.of(functions.getLast())
            : Optional.empty();
    return Optional.of(new Link(functions.getFirst(), other));
  }

  private static Link.Port port(PortRef.OfFunction port) {
    return new Link.Port(port.function(), port.port().label());
  }
}
