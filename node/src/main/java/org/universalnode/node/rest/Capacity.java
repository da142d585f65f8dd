package org.universalnode.node.rest;

/**
 * How much the server does at the same time.
 *
 * @param requests of all kinds, but for streams of events
 * @param changes of graphs that are made, or wait for another change of their graph
 * @param bodyKilobytes of all requests together
 * @param streams of events
 */
public record Capacity(int requests, int changes, int bodyKilobytes, int streams) {
  /** For all together who are not known, whose requests are but logins. */
  static final Capacity OF_STRANGERS = new Capacity(32, 16, 128, 1);

  private static final int CHANGES_PER_CORE = 32;
  private static final int MOST_CHANGES = 128;
  private static final int REQUESTS_PER_CHANGE = 4;

  /** With the streams fewer than the connections that the launcher allows: the rest can be told. */
  private static final int MOST_REQUESTS = 448;

  private static final int STREAMS = 32;

  /** What is read from a text takes about ten times as much. */
  private static final int HEAP_PER_BODY = 16;

  private static final int KILOBYTE = 1_024;

  public Capacity {
    if (requests < 1 || changes < 1 || changes > requests || bodyKilobytes < 1 || streams < 1) {
      throw new IllegalArgumentException("that is no capacity");
    }
  }

  /** By the cores of this machine and the heap: two cores can do 64 changes, 256 requests. */
  public static Capacity ofMachine() {
    Runtime machine = Runtime.getRuntime();
    int changes = Math.min(machine.availableProcessors() * CHANGES_PER_CORE, MOST_CHANGES);
    int requests = Math.min(changes * REQUESTS_PER_CHANGE, MOST_REQUESTS);
    long bodies = machine.maxMemory() / HEAP_PER_BODY / KILOBYTE;
    int least = Incoming.MOST_BODY_BYTES / KILOBYTE; // one request always fits
    return new Capacity(requests, changes, Math.clamp(bodies, least, Integer.MAX_VALUE), STREAMS);
  }
}
