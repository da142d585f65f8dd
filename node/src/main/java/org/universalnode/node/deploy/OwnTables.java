package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.PortName;
import org.universalnode.switching.SteeringRule;
import org.universalnode.switching.SwitchRule;

/**
 * The tables of a graph's own LSI.
 *
 * @param tables by in-port, without rules that need a port of a function that could not be had
 * @param parted in-ports that should have such rules
 * @param isWhole whether no rule is missing
 */
record OwnTables(Map<LsiPort, List<SwitchRule>> tables, Set<LsiPort> parted, boolean isWhole) {

  static OwnTables of(Deployed deployed) {
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
    Set<LsiPort> parted = new HashSet<>();
    boolean whole = true;
    Map<PortName, LsiPort> ports = deployed.graphPorts();
    for (SteeringRule rule : deployed.desired().rules().graph()) {
      LsiPort in = ports.get(rule.in());
      if (in != null && ports.keySet().containsAll(rule.outputs())) {
        tables.computeIfAbsent(in, _ -> new ArrayList<>()).add(rule.resolved(ports));
      } else {
        whole = false;
        Optional.ofNullable(in).ifPresent(parted::add);
      }
    }
    return new OwnTables(tables, parted, whole);
  }

  /** A new map, to be changed as one likes. */
  Map<LsiPort, List<SwitchRule>> all() {
    return new HashMap<>(tables);
  }

  /**
   * Without those which the switch has whole already: what could not be had may run all the same,
   * and keeps its frames.
   *
   * @param present in-ports that have rules of this version of the graph now
   */
  Map<LsiPort, List<SwitchRule>> keeping(Set<LsiPort> present) {
    Map<LsiPort, List<SwitchRule>> changed = all();
    changed.keySet().removeIf(in -> parted.contains(in) && present.contains(in));
    return changed;
  }
}
