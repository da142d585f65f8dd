package org.universalnode.switching.openvswitch.openflow;

import java.time.Duration;
import java.util.List;

/**
 * A flow that is there, and what it did so far, OpenFlow 1.3.5 section 7.3.5.2.
 *
 * @param age since it was added
 * @param packets that matched it, as far as the switch has counted them by now
 */
public record FlowStats(
    int table,
    int priority,
    Match match,
    List<Instruction> instructions,
    long cookie,
    Duration age,
    int idleTimeout,
    int hardTimeout,
    int flags,
    long packets,
    long bytes) {

  public FlowStats {
    instructions = List.copyOf(instructions);
  }
}
