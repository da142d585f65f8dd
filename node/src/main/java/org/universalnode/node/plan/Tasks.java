package org.universalnode.node.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts a list of tasks together; what is added names what it waits for. */
final class Tasks {
  private final List<Task> tasks = new ArrayList<>();

  /** The numbers of some tasks, by which others wait for them. */
  record Group(Set<Integer> numbers) {
    static final Group NONE = new Group(Set.of());

    static Group of(Group... groups) {
      Set<Integer> all = new HashSet<>();
      Arrays.stream(groups).forEach(group -> all.addAll(group.numbers()));
      return new Group(all);
    }
  }

  /** Adds a step that waits for others. */
  Group add(Step step, Group after) {
    int number = tasks.size();
    tasks.add(new Task(number, step, after.numbers()));
    return new Group(Set.of(number));
  }

  /** Adds steps that may be done at the same time. */
  Group addAll(List<? extends Step> steps, Group after) {
    Group[] added = steps.stream().map(step -> add(step, after)).toArray(Group[]::new);
    return added.length == 0 ? after : Group.of(added);
  }

  /** Adds steps that are done one after the other. */
  Group addInOrder(List<? extends Step> steps, Group after) {
    Group last = after;
    for (Step step : steps) {
      last = add(step, last);
    }
    return last;
  }

  List<Task> list() {
    return List.copyOf(tasks);
  }
}
