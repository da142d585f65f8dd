package org.universalnode.node.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What has to be done so that a graph becomes another.
 *
 * @param build is done whole or taken back: new parts come, and last the rules change
 * @param retire what nobody needs any more goes then. Every step of it is tried, whatever becomes
 *     of the others; what resists is swept later
 */
public record Plan(List<Task> build, List<Task> retire) {
  public Plan {
    build = List.copyOf(build);
    retire = List.copyOf(retire);
  }

  /**
   * How long it takes if every step takes as long as is said and waits for nothing but the steps
   * before it.
   */
  public Duration takes(Function<Step, Duration> step) {
    return takes(build, step).plus(takes(retire, step));
  }

  private static Duration takes(List<Task> tasks, Function<Step, Duration> step) {
    List<Duration> ends = new ArrayList<>();
    Duration last = Duration.ZERO;
    for (Task task : tasks) {
      Duration begin = task.after().stream().map(ends::get).reduce(Duration.ZERO, Plan::later);
      ends.add(begin.plus(step.apply(task.step())));
      last = later(last, ends.getLast());
    }
    return last;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** All steps, in an order in which they can be done one by one. */
  public List<Step> steps() {
    return Stream.concat(build.stream(), retire.stream()).map(Task::step).toList();
  }
}
