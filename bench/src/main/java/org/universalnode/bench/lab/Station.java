package org.universalnode.bench.lab;

import org.universalnode.linux.NetworkNamespace;

/**
 * A host at the end of a cable.
 *
 * @param address of its interface {@value #INTERFACE}, without prefix length
 */
public record Station(NetworkNamespace namespace, String address) {
  public static final String INTERFACE = "eth0";
}
