package org.universalnode.switching.openvswitch.openflow;

/**
 * A message with what tells to which question it is the answer.
 *
 * @param transaction the same in question and answer; OpenFlow's xid
 */
public record Envelope(int transaction, Message message) {}
