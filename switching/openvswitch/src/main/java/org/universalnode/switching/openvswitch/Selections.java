package org.universalnode.switching.openvswitch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.switching.openvswitch.Swap.Held;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.FlowStats;
import org.universalnode.switching.openvswitch.openflow.Instruction;
import org.universalnode.switching.openvswitch.openflow.Oxm;
import org.universalnode.switching.openvswitch.openflow.OxmTlv;

/**
 * Which in-ports of a bridge have rules, and where, as read back from it.
 *
 * @param all by in-port
 */
record Selections(Map<Integer, Held> all) {

  static Selections of(Datapath datapath) {
    boolean unfinished = !datapath.flows(Cookie.CHANGE.of(0), Cookie.KIND).isEmpty();
    Map<Integer, Held> all = new HashMap<>();
    for (FlowStats flow : datapath.flows(Cookie.SELECTION.of(0), Cookie.KIND)) {
      long digest = unfinished ? 0 : Cookie.rest(flow.cookie());
      in(flow).ifPresent(in -> all.put(in, new Held(Optional.empty(), slot(flow), digest)));
    }
    return new Selections(Map.copyOf(all));
  }

  /** In-ports that are no ports of the bridge any more. */
  Set<Integer> strangers(Set<Integer> ports) {
    return all.keySet().stream()
        .filter(in -> !ports.contains(in))
        .collect(Collectors.toUnmodifiableSet());
  }

  Map<Integer, Held> held(Set<Integer> ports) {
    Map<Integer, Held> held = new HashMap<>(all);
    held.keySet().retainAll(ports);
    return held;
  }

  private static Optional<Integer> in(FlowStats flow) {
    return flow.match().fields().stream()
        .filter(tlv -> tlv instanceof OxmTlv.Field field && field.oxm() == Oxm.IN_PORT)
        .map(tlv -> (int) ((OxmTlv.Field) tlv).value().low())
        .findFirst();
  }

  private static int slot(FlowStats flow) {
    List<Instruction> instructions = flow.instructions();
    return instructions.stream()
        .filter(Instruction.GotoTable.class::isInstance)
        .mapToInt(instruction -> ((Instruction.GotoTable) instruction).table())
        .findFirst()
        .orElse(0);
  }
}
