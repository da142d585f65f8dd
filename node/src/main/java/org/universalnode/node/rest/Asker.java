package org.universalnode.node.rest;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.universalnode.node.security.Caller;

/**
 * Who sent a request.
 *
 * @param user id of the user of this machine that did; empty if it isn't known
 * @param peer from where
 */
record Asker(Caller caller, OptionalInt user, InetSocketAddress peer) {
  private static final int NETWORK_BYTES = 8;

  boolean isStranger() {
    return caller instanceof Caller.Stranger;
  }

  /** Whom attempts count for: of IPv6 the network, as who has one has all its addresses. */
  String address() {
    InetAddress address = peer.getAddress();
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
        : address.getHostAddress();
  }
}
