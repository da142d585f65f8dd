package org.universalnode.node.hoststack;

import java.util.Optional;

/**
 * How a DHCP client is doing.
 *
 * @param lease whose address the interface has: in phase BOUND always, in RESTARTING until it ends
 * @param restarts how often this node has started it again because it had ended
 * @param reason why it is REFUSED or RESTARTING, or what of the lease could not be set although it
 *     is BOUND; empty otherwise
 */
public record ClientState(Phase phase, Optional<Lease> lease, int restarts, String reason) {

  /** Where it is. */
  public enum Phase {
    /** It asks for an address and has none, or no longer. */
    ASKING,
    /** The interface has the address. */
    BOUND,
    /** A server gave an address that this machine does not take; it asks again after a while. */
    REFUSED,
    /** It ended and is started again after a while. */
    RESTARTING
  }
}
