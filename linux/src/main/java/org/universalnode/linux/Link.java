package org.universalnode.linux;

/**
 * A network link as the kernel reports it.
 *
 * @param index interface index, unique in its namespace
 * @param alias free text set by whoever made it; empty if none
 * @param mac hardware address as aa:bb:cc:dd:ee:ff; empty if it has none
 * @param kind driver kind such as {@code veth}; empty for hardware
 */
public record Link(
    int index,
    String name,
    String alias,
    String mac,
    String kind,
    boolean up,
    boolean promiscuous) {}
