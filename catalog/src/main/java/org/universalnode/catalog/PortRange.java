package org.universalnode.catalog;

import java.util.Optional;

/**
 * The ports of a function that bear one label.
 *
 * @param label unique in its template
 * @param positions as the template counts
 * @param min fewest of them that a graph must connect
 * @param name prefix for the names of the interfaces
 * @param ipv4 how they get IPv4 addresses, if the template says it
 * @param ipv6 how they get IPv6 addresses, if the template says it
 * @param technology how frames get to them, if the template says it
 */
public record PortRange(
    String label,
    Positions positions,
    int min,
    String name,
    Optional<Addressing> ipv4,
    Optional<Addressing> ipv6,
    Optional<PortTechnology> technology) {

  public PortRange {
    if (min < 0) {
      throw new IllegalArgumentException("a count below 0: " + min);
    }
  }

  /** Ports of which the template says no more. */
  public PortRange(String label, Positions positions, int min, String name) {
    this(label, positions, min, name, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** As templates write it: {@code 0-3}, or {@code 0-N} without an end. */
  public String position() {
    return positions.toString();
  }

  /** How many ports may bear the label. */
  int capacity() {
    return positions.count();
  }
}
