package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.Map;

/**
 * Writes to the store, of which the last one about a graph counts. A note says what was done
 * already: if it can't be written it is tried again, until it is or another write takes its place.
 * Safe for many threads.
 */
final class Writing {
  private final Insistence insistence;
  private final Map<String, Runnable> notes = new HashMap<>();

  Writing(Clockwork clockwork) {
    this.insistence = new Insistence(clockwork);
  }

  /** Writes about a graph, or throws and leaves everything as it was. */
  synchronized void write(String graph, Runnable write) {
    write.run();
    notes.remove(graph);
  }

  /** Writes now if that can be, and else later. */
  void note(String graph, Runnable write) {
    begin(graph, write);
    insistence.insist("note what became of graph " + graph, () -> end(graph, write));
  }

  private synchronized void begin(String graph, Runnable write) {
    notes.put(graph, write);
  }

  private synchronized void end(String graph, Runnable write) {
    if (write.equals(notes.get(graph))) {
      write.run();
      notes.remove(graph);
    }
  }
}
