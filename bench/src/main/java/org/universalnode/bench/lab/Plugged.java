package org.universalnode.bench.lab;

/**
 * Two hosts whose cables end at interfaces of this machine, for a node to switch between.
 *
 * @param lan interface of this machine that leads to the first one
 * @param wan interface of this machine that leads to the second one
 */
public record Plugged(Ends ends, String lan, String wan) {}
