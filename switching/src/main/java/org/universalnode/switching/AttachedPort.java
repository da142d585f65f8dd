package org.universalnode.switching;

/**
 * A port together with the interface by which the switch reaches it.
 *
 * @param switchInterface interface name in the node's own namespace; empty if there is none
 * @param index the kernel's number of that interface, 0 if there is none
 */
public record AttachedPort(LsiPort port, String switchInterface, int index) {}
