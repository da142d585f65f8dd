package org.universalnode.catalog.resolve;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How many functions of other graphs run on each core.
 *
 * @param byCore of every core that functions may run on; at least one
 */
public record CoreLoads(Map<Integer, Integer> byCore) {

  public CoreLoads {
    byCore = Map.copyOf(byCore);
    if (byCore.isEmpty()) {
      throw new IllegalArgumentException("a machine has cores");
    }
  }

  public int count() {
    return byCore.size();
  }

  /** Those that have the least to do, the lesser number first; all if there are not so many. */
  public SortedSet<Integer> least(int count) {
    return new TreeSet<>(
        byCore.keySet().stream()
            .sorted(Comparator.comparingInt(this::of).thenComparing(core -> core))
            .limit(count)
            .toList());
  }

  /** Of the one of those cores that has most to do. */
  public int most(Iterable<Integer> cores) {
    int most = 0;
    for (int core : cores) {
      most = Math.max(most, of(core));
    }
    return most;
  }

  private int of(int core) {
    return byCore.getOrDefault(core, 0);
  }
}
