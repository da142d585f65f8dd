package org.universalnode.switching;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Everything of a node that exists in its switch, as read back from the system. */
public record SwitchState(List<AttachedPort> ports, List<LsiPort> linkEnds, Set<LsiId> withRules) {

  public SwitchState {
    ports = List.copyOf(ports);
    linkEnds = List.copyOf(linkEnds);
    withRules = Set.copyOf(withRules);
  }

  /** All LSIs of which anything exists. */
  public Set<LsiId> lsis() {
    Set<LsiId> all = new TreeSet<>(withRules);
    ports.forEach(port -> all.add(port.port().lsi()));
    linkEnds.forEach(end -> all.add(end.lsi()));
    return all;
  }
}
