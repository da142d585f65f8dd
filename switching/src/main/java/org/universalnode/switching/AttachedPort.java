package org.universalnode.switching;

/**
 * A port together with the interface by which the switch reaches it.
 *
 * @param switchInterface interface name in the node's own namespace
 */
public record AttachedPort(LsiPort port, String switchInterface) {}
