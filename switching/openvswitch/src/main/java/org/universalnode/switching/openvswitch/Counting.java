package org.universalnode.switching.openvswitch;

import java.util.HashMap;
import java.util.Map;
import org.universalnode.switching.SwitchCounters;
import org.universalnode.switching.SwitchCounters.Count;
import org.universalnode.switching.SwitchCounters.Traffic;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.FlowStats;

/**
 * Reads what flows counted. Open vSwitch adds what its data path counted about twice a second. The
 * bytes of a frame are those that it had when it came in.
 */
final class Counting {
  private static final Traffic NO_TRAFFIC = new Traffic(Count.NONE, Count.NONE, Count.NONE);

  private Counting() {}

  static SwitchCounters of(Datapath bridge, Map<Long, String> ids) {
    Map<String, Count> rules = new HashMap<>();
    ids.values().forEach(id -> rules.put(id, Count.NONE));
    for (FlowStats flow : bridge.flows(Cookie.COUNTER.of(0), Cookie.KIND)) {
      String id = ids.get(RuleFlows.counter(flow));
      if (id != null) {
        rules.merge(id, count(flow), Count::plus);
      }
    }
    Map<Integer, Traffic> ports = new HashMap<>();
    for (FlowStats flow : bridge.flows(Cookie.PORT.of(0), Cookie.KIND)) {
      int port = (int) Cookie.rest(flow.cookie());
      ports.merge(port, traffic(flow), Counting::sum);
    }
    return new SwitchCounters(rules, ports);
  }

  private static Traffic traffic(FlowStats flow) {
    Count count = count(flow);
    return switch (flow.table()) {
      case Pipeline.ARRIVAL -> new Traffic(count, Count.NONE, Count.NONE);
      case Pipeline.UNMATCHED -> new Traffic(Count.NONE, Count.NONE, count);
      case Pipeline.DEPARTURE -> new Traffic(Count.NONE, count, Count.NONE);
      default -> NO_TRAFFIC;
    };
  }

  private static Traffic sum(Traffic a, Traffic b) {
    return new Traffic(a.in().plus(b.in()), a.out().plus(b.out()), a.dropped().plus(b.dropped()));
  }

  private static Count count(FlowStats flow) {
    return new Count(flow.packets(), flow.bytes());
  }
}
