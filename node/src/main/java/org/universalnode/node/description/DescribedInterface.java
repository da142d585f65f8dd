package org.universalnode.node.description;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is said of an interface.
 *
 * @param side {@code core} or {@code edge}; empty if it is not said
 * @param node what stands before its name: the address at which tunnels end; empty if none
 * @param vlans ids that graphs may use there
 */
public record DescribedInterface(
    String name, String side, String node, SortedSet<Integer> vlans, List<Neighbour> neighbours) {
  /** How many ids can be told of an interface: each takes a hundred bytes of the description. */
  public static final int MOST_VLANS = 256;

  /**
   * What is at the other end.
   *
   * @param domain its name
   * @param remote its interface there; empty if it has none to name
   * @param type {@code domain}, {@code legacy-network} or {@code access-network}
   */
  public record Neighbour(String domain, String remote, String type) {}

  public DescribedInterface {
    vlans = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(vlans));
    neighbours = List.copyOf(neighbours);
  }

  static DescribedInterface plain(String name) {
    return new DescribedInterface(name, "", "", new TreeSet<>(), List.of());
  }
}
