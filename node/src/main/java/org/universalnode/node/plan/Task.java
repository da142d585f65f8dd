package org.universalnode.node.plan;

import java.util.Set;

/**
 * A step with its place in a plan.
 *
 * @param number of the task in its list, from zero
 * @param after numbers of the tasks that have to be done first; all smaller than its own
 */
public record Task(int number, Step step, Set<Integer> after) {
  public Task {
    after = Set.copyOf(after);
    for (int other : after) {
      if (other < 0 || other >= number) {
        throw new IllegalArgumentException("task " + number + " can't wait for " + other);
      }
    }
  }
}
