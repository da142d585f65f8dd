package org.universalnode.node.capability;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.catalog.capability.MachineResources;
import org.universalnode.catalog.capability.MachineResources.Amount;
import org.universalnode.catalog.capability.Pulse;
import org.universalnode.node.capability.NodeCapabilities.Snapshot;

/**
 * Keeps amounts that always move a little as they were, until they have moved far enough to be
 * worth telling. For one thread.
 */
final class Steady {
  private static final int PERCENT = 100;
  private static final int STEP_PERCENT = 2;
  private static final long LEAST_MEMORY = 32;
  private static final long LEAST_DISK = 256;
  private static final int LOAD_STEP = 30;

  private final List<Snapshot> last = new ArrayList<>(1);

  /** The snapshot with what was told before, where that is still about right. */
  Snapshot of(Snapshot now) {
    Snapshot steady = last.isEmpty() ? now : steady(last.getFirst(), now);
    last.clear();
    last.add(steady);
    return steady;
  }

  /** The same for a pulse; before there is a snapshot, memory is not looked at. */
  Pulse of(Pulse now) {
    return last.isEmpty()
        ? now.withMemory(0)
        : now.withMemory(memory(last.getFirst().resources().memory(), now.memory()));
  }

  private static Snapshot steady(Snapshot before, Snapshot now) {
    MachineResources was = before.resources();
    MachineResources is = now.resources();
    Amount memory = new Amount(is.memory().total(), memory(was.memory(), is.memory().free()));
    Amount disk =
        new Amount(now.disk().total(), steady(before.disk(), now.disk().free(), LEAST_DISK));
    boolean calm = Math.abs(was.idlePercent() - is.idlePercent()) < LOAD_STEP;
    int idle = calm ? was.idlePercent() : is.idlePercent();
    return now.with(
        new MachineResources(is.cores(), is.megahertz(), idle, memory, is.hugePages()), disk);
  }

  private static long memory(Amount before, long free) {
    return steady(before, free, LEAST_MEMORY);
  }

  private static long steady(Amount before, long free, long least) {
    long step = Math.max(least, before.total() * STEP_PERCENT / PERCENT);
    return Math.abs(before.free() - free) < step ? before.free() : free;
  }
}
