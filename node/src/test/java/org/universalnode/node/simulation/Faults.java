package org.universalnode.node.simulation;

import java.util.function.Supplier;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** Lets one call of a driver go wrong: the n-th that changes something, counted from now. */
final class Faults {
  private int left;
  private boolean afterwards;
  private boolean struck;

  /**
   * Arms it.
   *
   * @param call which call, from one; zero for none
   * @param half whether the call does its work before it reports that it has failed
   */
  void arm(int call, boolean half) {
    left = call;
    afterwards = half;
    struck = false;
  }

  /** Whether a call has gone wrong since it was armed. */
  boolean hasStruck() {
    return struck;
  }

  <T> Result<T> pass(String what, Supplier<Result<T>> work) {
    left--;
    if (left != 0) {
      return work.get();
    }
    struck = true;
    if (afterwards) {
      var _ = work.get();
    }
    return Result.failed(
        Problem.of(Problem.Code.KERNEL, "the simulation refuses to " + what).next("expect it"));
  }
}
