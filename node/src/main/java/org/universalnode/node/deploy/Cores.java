package org.universalnode.node.deploy;

import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.universalnode.catalog.resolve.CoreLoads;
import org.universalnode.compute.InstanceId;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/**
 * Binds functions to cores, and again whenever graphs have changed. Instances that serve several
 * graphs, and functions of a machine with one core, run where the kernel wants.
 */
final class Cores {
  private static final System.Logger LOG = System.getLogger(Cores.class.getName());

  private final Drivers drivers;
  private final Set<Integer> cores;
  private final Supplier<Collection<DesiredGraph>> graphs;

  /** Cores to which all functions of a graph are bound, by its id. */
  private final Map<String, Set<Integer>> bound = new HashMap<>();

  private IdentityHashMap<DesiredGraph, CorePlan.Demand> asked = new IdentityHashMap<>();
  private CorePlan plan = CorePlan.NONE;
  private volatile Map<String, Load> loads = Map.of();

  /** Functions of a graph, on each of these cores. */
  private record Load(int functions, Set<Integer> cores) {}

  /**
   * Binds nothing yet.
   *
   * @param cores that functions may run on
   * @param graphs all that run, whenever it is asked
   */
  Cores(Drivers drivers, Set<Integer> cores, Supplier<Collection<DesiredGraph>> graphs) {
    this.drivers = drivers;
    this.cores = Set.copyOf(cores);
    this.graphs = graphs;
  }

  /** What cores have to do for other graphs than that one. */
  CoreLoads loads(String graph) {
    Map<Integer, Integer> byCore = new HashMap<>();
    cores.forEach(core -> byCore.put(core, 0));
    loads.forEach(
        (other, load) -> {
          if (!other.equals(graph)) {
            load.cores().forEach(core -> byCore.merge(core, load.functions(), Integer::sum));
          }
        });
    return new CoreLoads(byCore);
  }

  /** To be called after a graph was made or changed: its instances may be new ones. */
  synchronized void place(DesiredGraph renewed) {
    bound.remove(renewed.id());
    place();
  }

  /** Binds what is to run elsewhere than it does. */
  synchronized void place() {
    if (cores.size() < 2) {
      return;
    }
    Collection<DesiredGraph> running = graphs.get();
    List<CorePlan.Demand> demands = demands(running);
    plan = CorePlan.of(demands, cores, plan);
    loads = loads(demands);
    bound.keySet().retainAll(plan.byGraph().keySet());
    running.forEach(this::bind);
  }

  private Map<String, Load> loads(List<CorePlan.Demand> demands) {
    Map<String, Load> all = new HashMap<>();
    for (CorePlan.Demand demand : demands) {
      Set<Integer> given = plan.byGraph().getOrDefault(demand.graph(), Set.of());
      all.put(demand.graph(), new Load(demand.functions(), given));
    }
    return Map.copyOf(all);
  }

  private void bind(DesiredGraph graph) {
    Set<Integer> wanted = plan.byGraph().getOrDefault(graph.id(), Set.of());
    if (!wanted.equals(bound.get(graph.id()))) {
      bound.put(graph.id(), wanted);
      own(graph).forEach(function -> bind(function, wanted));
    }
  }

  private void bind(PlacedFunction function, Set<Integer> wanted) {
    InstanceId id = function.spec().id();
    if (drivers.of(function).pin(id, wanted) instanceof Result.Failed<Nothing>(Problem problem)) {
      bound.remove(id.graph()); // it is tried again
      LOG.log(System.Logger.Level.WARNING, "{0} runs on any core: {1}", id, problem);
    }
  }

  /** Most graphs are as they were. */
  private List<CorePlan.Demand> demands(Collection<DesiredGraph> running) {
    IdentityHashMap<DesiredGraph, CorePlan.Demand> now = new IdentityHashMap<>();
    for (DesiredGraph graph : running) {
      CorePlan.Demand known = asked.get(graph);
      now.put(graph, known == null ? demand(graph) : known);
    }
    asked = now;
    return List.copyOf(now.values());
  }

  private CorePlan.Demand demand(DesiredGraph graph) {
    List<PlacedFunction> own = own(graph);
    int most = own.stream().mapToInt(function -> function.placement().cores()).max().orElse(1);
    return new CorePlan.Demand(graph.id(), own.size(), Math.min(most, cores.size()));
  }

  private static List<PlacedFunction> own(DesiredGraph graph) {
    return graph.functions().values().stream()
        .filter(function -> function.placement().shared().isEmpty())
        .toList();
  }
}
