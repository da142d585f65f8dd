package org.universalnode.bench.harness;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Takes one sample. */
@FunctionalInterface
public interface Probe {

  double sample();

  /** Milliseconds that the work takes, as a mean over so many times in a row. */
  static Probe milliseconds(int times, Runnable work) {
    return () -> {
      long begin = System.nanoTime();
      repeat(times, work);
      return (System.nanoTime() - begin) / 1e6 / times;
    };
  }

  /** Bytes that the work allocates in the thread it is called in, likewise. */
  static Probe allocatedBytes(int times, Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return () -> {
      long begin = threads.getCurrentThreadAllocatedBytes();
      repeat(times, work);
      return (double) (threads.getCurrentThreadAllocatedBytes() - begin) / times;
    };
  }

  /**
   * The same, each sample with a collected heap before it, so that none pays for the garbage of
   * another. As long as the young generation holds what a sample allocates, no collection falls
   * into it either: then its time is that of the work alone.
   */
  default Probe afterCollection() {
    return () -> {
      System.gc();
      return sample();
    };
  }

  private static void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }
}
