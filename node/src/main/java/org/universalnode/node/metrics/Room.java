package org.universalnode.node.metrics;

import java.util.ArrayList;
import java.util.List;

/** Room for a number of samples, and how many found none. Used by one thread, for one text. */
final class Room {
  private final int most;
  private int taken;
  private long leftOut;

  Room(int most) {
    this.most = most;
  }

  /**
   * Those of the things, from the first on, for which there is room.
   *
   * @param samples how many each of them needs
   */
  <T> List<T> take(List<T> things, int samples) {
    List<T> kept = new ArrayList<>();
    for (T thing : things) {
      if (taken + samples <= most) {
        taken += samples;
        kept.add(thing);
      } else {
        leftOut += samples;
      }
    }
    return kept;
  }

  /** Samples for which there was no room. */
  long leftOut() {
    return leftOut;
  }
}
