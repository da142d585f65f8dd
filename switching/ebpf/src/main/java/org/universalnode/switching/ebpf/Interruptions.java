package org.universalnode.switching.ebpf;

import java.util.concurrent.CountDownLatch;

/** Waits that an interruption does not cut short, because what they wait for is near. */
final class Interruptions {
  private Interruptions() {}

  /** Waits to the end, and leaves the interruption for the caller. */
  static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
