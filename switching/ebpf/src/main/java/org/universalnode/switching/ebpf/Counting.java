package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.universalnode.linux.BpfMap;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchCounters;
import org.universalnode.switching.SwitchCounters.Count;
import org.universalnode.switching.SwitchCounters.Traffic;

/** Reads the counters of the data plane, which every processor keeps for itself. */
final class Counting {
  private static final int COUNT_BYTES = 16;
  private static final int TRAFFIC_BYTES = 3 * COUNT_BYTES;

  private final DataPlane plane;

  Counting(DataPlane plane) {
    this.plane = plane;
  }

  /** {@code rules} tells the counter of each rule; ports of other LSIs are not looked at. */
  SwitchCounters of(LsiId lsi, Map<String, Integer> rules, Set<LsiPort> ports) {
    Map<String, Count> byRule = new HashMap<>();
    rules.forEach((id, number) -> byRule.put(id, rule(number)));
    Map<Integer, Traffic> byPort = new HashMap<>();
    ports.stream()
        .filter(port -> port.lsi().equals(lsi))
        .forEach(port -> byPort.put(port.number(), traffic(port.number())));
    return new SwitchCounters(byRule, byPort);
  }

  private Count rule(int number) {
    return sum(values(plane.counters, number), 0, COUNT_BYTES);
  }

  private Traffic traffic(int port) {
    ByteBuffer values = values(plane.traffic, port);
    return new Traffic(
        sum(values, 0, TRAFFIC_BYTES),
        sum(values, COUNT_BYTES, TRAFFIC_BYTES),
        sum(values, 2 * COUNT_BYTES, TRAFFIC_BYTES));
  }

  private static ByteBuffer values(BpfMap map, int number) {
    return map.get(map.key().putInt(number)).orElseGet(map::value);
  }

  /** Of all processors. */
  private static Count sum(ByteBuffer values, int offset, int stride) {
    Count sum = Count.NONE;
    for (int at = offset; at < values.capacity(); at += stride) {
      sum = sum.plus(new Count(values.getLong(at), values.getLong(at + Long.BYTES)));
    }
    return sum;
  }
}
