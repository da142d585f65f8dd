package org.universalnode.linux;

/**
 * A network link as the kernel reports it.
 *
 * @param index interface index, unique in its namespace
 * @param alias free text set by whoever made it; empty if none
 * @param mac hardware address as aa:bb:cc:dd:ee:ff; empty if it has none
 * @param kind driver kind such as {@code veth}; empty for hardware
 * @param lower index of the link that it stands on, for a veth of its other end, in the namespace
 *     of that; 0 if there is none
 * @param longestPacket in bytes, without the link's own header
 * @param pulled whether it was last set down by {@link RouteSocket#pull}
 */
public record Link(
    int index,
    String name,
    String alias,
    String mac,
    String kind,
    int lower,
    boolean up,
    boolean promiscuous,
    int longestPacket,
    boolean pulled) {

  /** Whether it is down though nobody pulled it. */
  public boolean fallen() {
    return !up && !pulled;
  }
}
