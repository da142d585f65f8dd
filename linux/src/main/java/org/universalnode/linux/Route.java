package org.universalnode.linux;

import java.net.InetAddress;

/**
 * A route as the kernel has it, in whatever table.
 *
 * @param prefixLength 0 for a default route
 * @param link index of the only link by which it leads; 0 if it leads by several or by none
 */
public record Route(InetAddress destination, int prefixLength, int link) {}
