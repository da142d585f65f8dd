package org.universalnode.node.rest;

/**
 * How much the server does at the same time.
 *
 * @param requests of all kinds, but for streams of events
 * @param changes of graphs that are made, or wait for another change of their graph
 * @param streams of events
 */
public record Capacity(int requests, int changes, int streams) {
  private static final int CHANGES_PER_CORE = 32;
  private static final int MOST_CHANGES = 256;
  private static final int REQUESTS_PER_CHANGE = 4;
  private static final int STREAMS = 32;

  public Capacity {
    if (requests < 1 || changes < 1 || changes > requests || streams < 1) {
      throw new IllegalArgumentException("that is no capacity");
    }
  }

  /** By the cores of this machine: two can do 64 changes and 256 requests. */
  public static Capacity ofMachine() {
    int cores = Runtime.getRuntime().availableProcessors();
    int changes = Math.min(cores * CHANGES_PER_CORE, MOST_CHANGES);
    return new Capacity(changes * REQUESTS_PER_CHANGE, changes, STREAMS);
  }
}
