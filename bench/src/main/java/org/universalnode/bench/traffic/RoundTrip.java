package org.universalnode.bench.traffic;

/** Times from sending a packet to having its echo, in microseconds: their median and p99. */
public record RoundTrip(double median, double p99) {}
