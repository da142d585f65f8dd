package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** One table. */
  record Table(int slot, RuleTable table) {}

  static Adoption of(DataPlane plane, PortTable ports, int version, Set<LsiPort> present) {
    Map<Integer, List<Runnable>> byGeneration = entries(plane);
    int lastGeneration =
        byGeneration.keySet().stream().mapToInt(Integer::intValue).max().orElse(Slot.NO_RULES);
    int lastProgram = plane.programs.keys().stream().mapToInt(key -> key.getInt(0)).max().orElse(0);
    Map<LsiPort, Table> found = new HashMap<>();
    for (LsiPort in : present) {
      validSlot(ports, in.number(), version)
          .ifPresent(
              index -> {
                int generation = ports.slot(in.number(), index).generation();
                List<Runnable> removals = byGeneration.remove(generation);
                List<Runnable> entries = removals == null ? List.of() : removals;
                found.put(in, new Table(index, RuleTable.adopted(plane, generation, entries)));
              });
    }
    byGeneration.values().forEach(Adoption::runAll);
    return new Adoption(Map.copyOf(found), lastGeneration, lastProgram);
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

  private static void runAll(List<Runnable> removals) {
    removals.forEach(Runnable::run);
  }

  /** How to remove each entry of the kernel's maps, the table itself last. */
  private static Map<Integer, List<Runnable>> entries(DataPlane plane) {
    Map<Integer, List<Runnable>> found = new HashMap<>();
    for (BpfMap map : List.of(plane.tables, plane.moreTuples, plane.rules, plane.wideRules)) {
      map.keys().forEach(key -> add(found, key.getInt(0), map, key));
    }
    for (ByteBuffer key : plane.programs.keys()) {
      plane
          .programs
          .get(key)
          .ifPresent(program -> add(found, program.getInt(4), plane.programs, key));
    }
    return found;
  }

  private static void add(
      Map<Integer, List<Runnable>> found, int generation, BpfMap map, ByteBuffer key) {
    found.computeIfAbsent(generation, _ -> new ArrayList<>()).add(() -> map.remove(key));
  }
}
