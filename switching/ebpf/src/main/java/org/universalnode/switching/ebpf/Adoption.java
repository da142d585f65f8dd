package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.universalnode.linux.BpfMap;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.ebpf.PortTable.Slot;

/**
 * The rules that an earlier process of the node left. What it wrote and did not make valid, or had
 * not removed yet, is removed.
 *
 * @param tables the valid ones
 */
record Adoption(Map<LsiPort, Table> tables, int lastGeneration, int lastProgram) {

  /**
   * One table.
   *
   * @param counters numbers of those that its rules count with
   */
  record Table(int slot, RuleTable table, Set<Integer> counters) {}

  static Adoption of(DataPlane plane, PortTable ports, int version, Set<LsiPort> present) {
    Entries heads =
        Entries.of(List.of(View.of(plane.tables), View.of(plane.moreTuples)))
            .counting(View.of(plane.tables), TableHead.COUNTER_AT);
    Entries stores =
        Entries.of(List.of(View.of(plane.rules), View.of(plane.wideRules)))
            .counting(View.of(plane.rules), Lives.countersAt())
            .counting(View.of(plane.wideRules), Lives.countersAt());
    plane.programs.keys().forEach(key -> stores.addProgram(plane.programs, key));
    int lastGeneration = Math.max(heads.last(), stores.last());
    int lastProgram = plane.programs.keys().stream().mapToInt(key -> key.getInt(0)).max().orElse(0);
    Map<LsiPort, Table> found = new HashMap<>();
    for (LsiPort in : present) {
      validSlot(ports, in.number(), version)
          .ifPresent(
              slot -> {
                int generation = ports.slot(in.number(), slot).generation();
                List<Runnable> parts = new ArrayList<>(heads.take(generation));
                Optional<Integer> store = store(plane, generation);
                store.map(stores::take).ifPresent(parts::addAll);
                Set<Integer> counted = new HashSet<>(heads.countersOf(generation));
                store.map(stores::countersOf).ifPresent(counted::addAll);
                found.put(in, new Table(slot, RuleTable.adopted(generation, parts), counted));
              });
    }
    heads.removeAll();
    stores.removeAll();
    return new Adoption(Map.copyOf(found), lastGeneration, lastProgram);
  }

  /** Where the rules of a table are. */
  private static Optional<Integer> store(DataPlane plane, int generation) {
    return plane
        .tables
        .get(plane.tables.key().putInt(generation))
        .map(head -> head.getInt(TableHead.STORE_AT));
  }

  /** The newest of those that were made valid; all others are cleared. */
  private static Optional<Integer> validSlot(PortTable ports, int port, int version) {
    Optional<Integer> newest =
        IntStream.range(0, PortTable.SLOTS)
            .filter(index -> ports.slot(port, index).isValid(version))
            .boxed()
            .min(Comparator.comparingInt(index -> version - ports.slot(port, index).version()));
    IntStream.range(0, PortTable.SLOTS)
        .filter(index -> !newest.equals(Optional.of(index)))
        .forEach(index -> ports.put(port, index, Slot.UNUSED));
    return newest;
  }

  /** What is asked of a map here. */
  private record View(
      List<ByteBuffer> keys,
      Function<ByteBuffer, Optional<ByteBuffer>> get,
      Consumer<ByteBuffer> remove) {
    static View of(BpfMap map) {
      return new View(map.keys(), map::get, map::remove);
    }

    static View of(OwnMap map) {
      return new View(map.keys(), map::get, map::remove);
    }
  }

  /**
   * Entries of the kernel's maps, by the number that they belong to.
   *
   * @param removals how to remove them
   * @param counters numbers of counters in them
   */
  private record Entries(
      Map<Integer, List<Runnable>> removals, Map<Integer, Set<Integer>> counters) {
    static Entries of(List<View> maps) {
      Entries entries = new Entries(new HashMap<>(), new HashMap<>());
      maps.forEach(map -> map.keys().forEach(key -> entries.add(key.getInt(0), map.remove(), key)));
      return entries;
    }

    void addProgram(OwnMap programs, ByteBuffer key) {
      programs.get(key).ifPresent(p -> add(p.getInt(RuleWriter.STORE_AT), programs::remove, key));
    }

    /** Counters of the values of a map, each at one of these places. */
    Entries counting(View map, int... places) {
      for (ByteBuffer key : map.keys()) {
        map.get()
            .apply(key)
            .ifPresent(
                value -> {
                  for (int at : places) {
                    counters
                        .computeIfAbsent(key.getInt(0), _ -> new HashSet<>())
                        .add(value.getInt(at));
                  }
                });
      }
      return this;
    }

    Set<Integer> countersOf(int number) {
      return counters.getOrDefault(number, Set.of());
    }

    int last() {
      return removals.keySet().stream().mapToInt(Integer::intValue).max().orElse(Slot.NO_RULES);
    }

    List<Runnable> take(int number) {
      List<Runnable> taken = removals.remove(number);
      return taken == null ? List.of() : taken;
    }

    void removeAll() {
      removals.values().forEach(each -> each.forEach(Runnable::run));
    }

    private void add(int number, Consumer<ByteBuffer> remove, ByteBuffer key) {
      removals.computeIfAbsent(number, _ -> new ArrayList<>()).add(() -> remove.accept(key));
    }
  }
}
