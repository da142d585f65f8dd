package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.universalnode.problem.Problem;

/**
 * Does what has to be done sooner or later: what fails is tried again after 1, 2, 4 s and so on, at
 * least once a minute. Safe for many threads; work is done without a lock of this object.
 */
final class Insistence {
  private static final System.Logger LOG = System.getLogger(Insistence.class.getName());
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Clockwork clockwork;
  private final Map<String, Runnable> undone = new ConcurrentSkipListMap<>();
  private final AtomicBoolean waiting = new AtomicBoolean();

  Insistence(Clockwork clockwork) {
    this.clockwork = clockwork;
  }

  /**
   * Does some work now, or again later.
   *
   * @param what it is, in words; of two works of that name the later one counts
   * @param work that asks whether it is still wanted, for much may have changed until then
   */
  void insist(String what, Runnable work) {
    if (isDone(what, work)) {
      undone.remove(what);
    } else {
      undone.put(what, work);
      if (waiting.compareAndSet(false, true)) {
        retryAfter(0);
      }
    }
  }

  private void retryAfter(int failures) {
    Duration pause = Duration.ofSeconds(1L << Math.min(failures, MOST_DOUBLINGS));
    clockwork.after(
        pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, () -> retry(failures + 1));
  }

  private void retry(int failures) {
    undone.entrySet().removeIf(work -> isDone(work.getKey(), work.getValue()));
    waiting.set(false);
    if (!undone.isEmpty() && waiting.compareAndSet(false, true)) {
      retryAfter(failures);
    }
  }

  private static boolean isDone(String what, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "can''t {0} yet: {1}", what, Problem.of(e));
      return false;
    }
  }
}
