package org.universalnode.switching;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything of a node that exists in its switch, as read back from the system.
 *
 * @param linkEnds ends of virtual links; the two ends of one have the same number
 * @param tables in-ports that have rules
 */
public record SwitchState(List<AttachedPort> ports, List<LsiPort> linkEnds, Set<LsiPort> tables) {

  public SwitchState {
    ports = List.copyOf(ports);
    linkEnds = List.copyOf(linkEnds);
    tables = Set.copyOf(tables);
  }

  /** All LSIs of which anything exists. */
  public Set<LsiId> lsis() {
    Set<LsiId> all = new TreeSet<>();
    tables.forEach(port -> all.add(port.lsi()));
    ports.forEach(port -> all.add(port.port().lsi()));
    linkEnds.forEach(end -> all.add(end.lsi()));
    return all;
  }
}
