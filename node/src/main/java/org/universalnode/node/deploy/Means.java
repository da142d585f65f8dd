package org.universalnode.node.deploy;

/**
 * By what graphs are made.
 *
 * @param listener hears what becomes of them
 */
record Means(Drivers drivers, BaseRules base, Pace pace, GraphListener listener) {}
