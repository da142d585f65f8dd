package org.universalnode.switching.openvswitch.openflow;

import java.time.Duration;

/**
 * The end of a flow that was added with {@link FlowMod.Options#SEND_FLOW_REMOVED}, OpenFlow 1.3.5
 * section 7.4.2.
 *
 * @param reason 0 for idle, 1 for its hard timeout, 2 for a command, 3 for its group
 * @param age how long it was there
 */
public record FlowRemoved(
    long cookie,
    int priority,
    int reason,
    int table,
    Duration age,
    int idleTimeout,
    int hardTimeout,
    long packets,
    long bytes,
    Match match)
    implements Message {}
