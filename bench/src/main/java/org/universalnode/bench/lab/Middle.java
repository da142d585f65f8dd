package org.universalnode.bench.lab;

import org.universalnode.linux.NetworkNamespace;

/**
 * A machine between two hosts, with a cable to each: the interface {@value #LAN} leads to the first
 * one, {@value #WAN} to the second.
 */
public record Middle(Ends ends, NetworkNamespace namespace) {
  public static final String LAN = "port0";
  public static final String WAN = "port1";
}
