package org.universalnode.node.deploy;

/**
 * By what graphs are made.
 *
 * @param listener hears of every step
 */
record Means(Drivers drivers, BaseRules base, Pace pace, StepListener listener) {}
