package org.universalnode.catalog.capability;

import java.util.Map;

/**
 * Hardware that does work of functions: a functional capability of the machine itself.
 *
 * @param type what it is for: {@code ipsec-accelerator}, {@code crypto-accelerator} or {@code
 *     packet-accelerator}
 * @param name which one, such as {@code caam} or the name of an interface
 * @param reason why it is not ready; empty if it is
 * @param specifications what is known of it, by name
 */
public record Accelerator(
    String type, String name, String reason, Map<String, String> specifications) {
  static final String IPSEC = "ipsec-accelerator";
  static final String CRYPTO = "crypto-accelerator";
  static final String PACKETS = "packet-accelerator";

  public Accelerator {
    specifications = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(specifications));
  }

  public boolean ready() {
    return reason.isEmpty();
  }
}
