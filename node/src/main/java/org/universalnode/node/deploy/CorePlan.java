package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.universalnode.catalog.resolve.CoreLoads;

/**
 * Which cores each graph's functions run on. Neighbours of a chain hand the same packets on, so all
 * functions of a graph have the same cores: as many as the one that asks for most. Graphs go to the
 * cores with the least functions; one stays where it is until that is clearly worse than the best
 * place, for a move costs caches.
 *
 * <p>A pure function of the graphs and of the plan before.
 */
record CorePlan(Map<String, Set<Integer>> byGraph) {
  static final CorePlan NONE = new CorePlan(Map.of());

  /** How many functions more a core has to have than the best place would, before a graph moves. */
  private static final int WORTH_A_MOVE = 2;

  /**
   * What a graph asks for.
   *
   * @param functions how many it has
   * @param cores how many the one of them that needs most runs on
   */
  record Demand(String graph, int functions, int cores) {}

  CorePlan {
    byGraph = Map.copyOf(byGraph);
  }

  /**
   * The plan for these graphs.
   *
   * @param cores that functions may run on; at least one
   */
  static CorePlan of(Collection<Demand> demands, Set<Integer> cores, CorePlan before) {
    Dealing dealing = new Dealing(cores);
    List<Demand> staying = new ArrayList<>();
    List<Demand> coming = new ArrayList<>();
    for (Demand demand : inOrder(demands)) {
      Set<Integer> had = before.byGraph.getOrDefault(demand.graph(), Set.of());
      if (had.size() == demand.cores() && cores.containsAll(had)) {
        dealing.give(demand, had);
        staying.add(demand);
      } else {
        coming.add(demand);
      }
    }
    if (dealing.isUneven()) {
      staying.forEach(dealing::improve);
    }
    coming.forEach(demand -> dealing.give(demand, dealing.least(demand.cores())));
    return new CorePlan(dealing.given);
  }

  /** Large graphs first, so that small ones fill what is left. */
  private static List<Demand> inOrder(Collection<Demand> demands) {
    return demands.stream()
        .sorted(
            Comparator.comparingInt((Demand demand) -> -demand.functions())
                .thenComparing(Demand::graph))
        .toList();
  }

  /** A plan in the making, and how many functions each core has by it. */
  private static final class Dealing {
    private final Map<Integer, Integer> loads = new HashMap<>();
    private final Map<String, Set<Integer>> given = new HashMap<>();

    Dealing(Set<Integer> cores) {
      cores.forEach(core -> loads.put(core, 0));
    }

    void give(Demand demand, Set<Integer> cores) {
      given.put(demand.graph(), cores);
      cores.forEach(core -> loads.merge(core, demand.functions(), Integer::sum));
    }

    /** Else no move is worth it. */
    boolean isUneven() {
      IntSummaryStatistics all = loads.values().stream().mapToInt(load -> load).summaryStatistics();
      return all.getMax() - all.getMin() >= WORTH_A_MOVE;
    }

    /** Moves the graph if that is worth it. */
    void improve(Demand demand) {
      Set<Integer> had = given.getOrDefault(demand.graph(), Set.of());
      had.forEach(core -> loads.merge(core, -demand.functions(), Integer::sum));
      Set<Integer> best = least(demand.cores());
      give(demand, most(had) - most(best) >= WORTH_A_MOVE ? best : had);
    }

    Set<Integer> least(int count) {
      return new CoreLoads(loads).least(count);
    }

    private int most(Set<Integer> cores) {
      return cores.stream().mapToInt(this::load).max().orElse(0);
    }

    private int load(int core) {
      return loads.getOrDefault(core, 0);
    }
  }
}
