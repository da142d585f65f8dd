package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.universalnode.node.plan.Step;
import org.universalnode.node.plan.Task;

/** All that can be done is done at once, on virtual threads. */
public final class SideBySide implements Pace {

  @Override
  public void run(List<Task> tasks, Consumer<Step> work) {
    Course course = new Course(tasks, work);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      tasks.forEach(task -> threads.execute(() -> course.run(task)));
    }
    course.throwFailure();
  }

  @Override
  public <T> void each(Collection<T> items, Consumer<T> work) {
    Together.run(items, work);
  }

  /** One list of tasks on its way. */
  private static final class Course {
    private final Consumer<Step> work;
    private final List<CountDownLatch> ended = new ArrayList<>();
    private final AtomicReferenceArray<Throwable> failures;
    private volatile boolean failed;

    Course(List<Task> tasks, Consumer<Step> work) {
      this.work = work;
      this.failures = new AtomicReferenceArray<>(tasks.size());
      tasks.forEach(_ -> ended.add(new CountDownLatch(1)));
    }

    void run(Task task) {
      try {
        for (int before : task.after()) {
          ended.get(before).await();
        }
        if (!failed) {
          work.accept(task.step());
        }
      } catch (Throwable e) {
        failures.set(task.number(), e);
        failed = true;
      } finally {
        ended.get(task.number()).countDown();
      }
    }

    void throwFailure() {
      for (int i = 0; i < failures.length(); i++) {
        switch (failures.get(i)) {
          case null -> {}
          case RuntimeException failure -> throw failure;
          case Throwable failure -> throw Together.internal(failure);
        }
      }
    }
  }
}
