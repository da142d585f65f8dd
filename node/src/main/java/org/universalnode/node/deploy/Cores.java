package org.universalnode.node.deploy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.universalnode.compute.FunctionDriver;
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
  private final Map<InstanceId, Set<Integer>> bound = new HashMap<>();
  private CorePlan plan = CorePlan.NONE;

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

  /** To be called after a graph was made or changed: its instances may be new ones. */
  synchronized void place(DesiredGraph renewed) {
    renewed.functions().values().forEach(function -> bound.remove(function.spec().id()));
    place();
  }

  /** Binds what is to run elsewhere than it does. */
  synchronized void place() {
    if (cores.size() < 2) {
      return;
    }
    Collection<DesiredGraph> running = graphs.get();
    plan = CorePlan.of(running.stream().map(this::demand).toList(), cores, plan);
    bound.keySet().removeIf(id -> !plan.byGraph().containsKey(id.graph()));
    running.forEach(this::bind);
  }

  private void bind(DesiredGraph graph) {
    Set<Integer> wanted = plan.byGraph().getOrDefault(graph.id(), Set.of());
    for (PlacedFunction function : own(graph)) {
      InstanceId id = function.spec().id();
      if (!wanted.equals(bound.get(id))) {
        FunctionDriver driver = drivers.of(function);
        switch (driver.pin(id, wanted)) {
          case Result.Done<Nothing> _ -> bound.put(id, wanted);
          case Result.Failed<Nothing>(Problem problem) ->
              LOG.log(System.Logger.Level.WARNING, "{0} runs on any core: {1}", id, problem);
        }
      }
    }
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
