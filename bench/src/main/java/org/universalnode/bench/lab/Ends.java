package org.universalnode.bench.lab;

/** Two hosts between which traffic goes, from the first to the second. */
public record Ends(Station from, Station to) {}
