package org.universalnode.node.health;

import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/** Makes a function work again. */
@FunctionalInterface
public interface Repair {
  /**
   * Makes anew what of it is broken; one that is whole, but does not answer, is stopped and
   * started. Nothing happens to one that is not wanted any more. Called for one function once at a
   * time.
   */
  Result<Nothing> restart(String graph, String function);
}
