package org.universalnode.switching.openvswitch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * @param unfinished in-ports of a change that did not come to its end
 */
record Selections(Map<Integer, Held> all, Set<Integer> unfinished) {
  /** Rules have none like it, and neither has nothing. */
  private static final long NO_DIGEST = -1;

  static Selections of(Datapath datapath) {
    Set<Integer> unfinished =
        datapath.flows(Cookie.CHANGE.of(0), Cookie.KIND).stream()
            .map(flow -> (int) Cookie.rest(flow.cookie()))
            .collect(Collectors.toUnmodifiableSet());
    Map<Integer, Held> all = new HashMap<>();
    for (FlowStats flow : datapath.flows(Cookie.SELECTION.of(0), Cookie.KIND)) {
      long digest = Cookie.rest(flow.cookie());
      in(flow).ifPresent(in -> all.put(in, new Held(Optional.empty(), slot(flow), digest)));
    }
    return new Selections(Map.copyOf(all), unfinished);
  }

  /** In-ports that are no ports of the bridge any more. */
  Set<Integer> strangers(Set<Integer> ports) {
    return Stream.concat(all.keySet().stream(), unfinished.stream())
        .filter(in -> !ports.contains(in))
        .collect(Collectors.toUnmodifiableSet());
  }

  Map<Integer, Held> held(Set<Integer> ports) {
    Map<Integer, Held> held = new HashMap<>(all);
    held.keySet().retainAll(ports);
    return held;
  }

  /** What an earlier process left; in the midst of a change it is written anew in any case. */
  Held unknown(int number, Held is) {
    long digest = unfinished.contains(number) ? NO_DIGEST : is.digest();
    return new Held(Optional.empty(), is.slot(), digest);
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
