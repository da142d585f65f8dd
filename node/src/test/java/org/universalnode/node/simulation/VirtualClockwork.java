package org.universalnode.node.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.universalnode.node.deploy.Clockwork;

/** Time that passes only when it is told to. */
final class VirtualClockwork implements Clockwork {
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
  private long now;
  private long orders;

  private record Due(long at, long order, Runnable work) {}

  @Override
  public long now() {
    return now;
  }

  @Override
  public void after(Duration delay, Runnable work) {
    queue.add(new Due(now + Math.max(0, delay.toNanos()), orders++, work));
  }

  /** What is due meanwhile is done at its moment. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    while (!queue.isEmpty() && queue.peek().at() <= end) {
      Due next = queue.remove();
      now = next.at();
      next.work().run();
    }
    now = end;
  }

  @Override
  public void close() {
    queue.clear();
  }
}
