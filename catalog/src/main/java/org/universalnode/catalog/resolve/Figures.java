package org.universalnode.catalog.resolve;

/**
 * What an implementation costs besides what it takes away, as its template declares it or as the
 * node has measured it.
 *
 * @param startMillis from nothing until it works
 * @param cpuPercent of one core, for each gigabit per second that goes through it
 * @param downloadMegabytes of its image, as far as that is not here
 */
public record Figures(long startMillis, long cpuPercent, long downloadMegabytes) {}
