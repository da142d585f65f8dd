package org.universalnode.switching.reference;

/**
 * A frame that leaves the LSIs.
 *
 * @param <P> what names a port
 */
public record Departure<P>(P port, Frame frame) {}
