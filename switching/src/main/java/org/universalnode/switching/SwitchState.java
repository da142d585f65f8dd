package org.universalnode.switching;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything of a node that exists in its switch, as read back from the system.
 *
 * @param links the driver need not know their names any more
 * @param tables in-ports that have rules
 */
public record SwitchState(List<AttachedPort> ports, List<VirtualLink> links, Set<LsiPort> tables) {

  public SwitchState {
    ports = List.copyOf(ports);
    links = List.copyOf(links);
    tables = Set.copyOf(tables);
  }

  /** All LSIs of which anything exists. */
  public Set<LsiId> lsis() {
    Set<LsiId> all = new TreeSet<>();
    tables.forEach(port -> all.add(port.lsi()));
    ports.forEach(port -> all.add(port.port().lsi()));
    links.forEach(link -> all.addAll(List.of(link.base().lsi(), link.graph().lsi())));
    return all;
  }
}
