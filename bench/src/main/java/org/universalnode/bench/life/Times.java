package org.universalnode.bench.life;

/** How long something takes. */
final class Times {
  private static final double NANOS_OF_MILLI = 1e6;

  private Times() {}

  static double millis(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return since(begin);
  }

  /** Milliseconds since a reading of {@link System#nanoTime}. */
  static double since(long begin) {
    return (System.nanoTime() - begin) / NANOS_OF_MILLI;
  }
}
