package org.universalnode.node.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.universalnode.node.deploy.Pace;
import org.universalnode.node.plan.Step;
import org.universalnode.node.plan.Task;

/** One task at a time, in an order that a seed chooses among those that may be. */
final class SeededPace implements Pace {
  private final Random random;

  SeededPace(Random random) {
    this.random = random;
  }

  @Override
  public void run(List<Task> tasks, Consumer<Step> work) {
    Set<Integer> done = new HashSet<>();
    while (done.size() < tasks.size()) {
      List<Task> ready =
          tasks.stream()
              .filter(task -> !done.contains(task.number()) && done.containsAll(task.after()))
              .toList();
      Task next = ready.get(random.nextInt(ready.size()));
      work.accept(next.step());
      done.add(next.number());
    }
  }

  @Override
  public <T> void each(Collection<T> items, Consumer<T> work) {
    List<T> order = new ArrayList<>(items);
    Collections.shuffle(order, random);
    List<RuntimeException> failures = new ArrayList<>();
    for (T item : order) {
      try {
        work.accept(item);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
