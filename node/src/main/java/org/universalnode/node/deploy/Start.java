package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.universalnode.problem.Problem;

/** The node's start, for which changes of graphs wait: what runs must be known first. */
final class Start {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private volatile CountDownLatch under = new CountDownLatch(0);

  void begin() {
    under = new CountDownLatch(1);
  }

  void end() {
    under.countDown();
  }

  /**
   * Returns when it is over.
   *
   * @throws org.universalnode.problem.ProblemException if that takes too long
   */
  void await() {
    try {
      if (under.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problem.of(Problem.Code.TIMEOUT, "the node is still starting: functions take their time")
        .next("try again")
        .asException();
  }
}
