package org.universalnode.node.deploy;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.universalnode.node.plan.Step;
import org.universalnode.node.plan.Task;

/** In which order, and how many at a time, tasks are done whose predecessors are. */
public interface Pace {

  /**
   * Does tasks. After a failure none is begun any more; when those under way have ended, the first
   * failure, in the order of the list, is thrown.
   */
  void run(List<Task> tasks, Consumer<Step> work);

  /** The same work for several items; all are tried, then the first failure is thrown. */
  <T> void each(Collection<T> items, Consumer<T> work);
}
