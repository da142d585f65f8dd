package org.universalnode.switching;

/** A cable between two LSIs: what is sent to one end arrives at the other. */
public record VirtualLink(String name, LsiPort base, LsiPort graph) {}
