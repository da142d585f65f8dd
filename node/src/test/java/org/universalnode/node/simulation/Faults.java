package org.universalnode.node.simulation;

import java.util.function.Supplier;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** Lets one call of a driver go wrong: the n-th that changes something, counted from now. */
final class Faults {
  private long calls;
  private int left;
  private boolean afterwards;
  private boolean struck;

  /**
   * Arms it.
   *
   * @param call which call, from one
   * @param half whether the call does its work before it reports that it has failed
   */
  void arm(int call, boolean half) {
    left = call;
    afterwards = half;
    struck = false;
  }

  /** Nothing goes wrong from now on. */
  void disarm() {
    left = 0;
  }

  /** Whether a call has gone wrong since it was armed. */
  boolean hasStruck() {
    return struck;
  }

  /** How many calls there were. */
  long calls() {
    return calls;
  }

  <T> Result<T> pass(Supplier<String> what, Supplier<Result<T>> work) {
    calls++;
    left--;
    if (left != 0) {
      return work.get();
    }
    struck = true;
    if (afterwards) {
      var _ = work.get();
    }
    return Result.failed(
        Problem.of(Problem.Code.KERNEL, "the simulation refuses to " + what.get())
            .next("expect it"));
  }
}
