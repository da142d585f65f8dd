package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.nffg.diff.GraphDiff;
import org.universalnode.node.deploy.DesiredGraph.PlacedFunction;
import org.universalnode.switching.CompiledGraph;

/** Decides what has to change. A pure function: the same graphs give the same plan. */
public final class Planner {
  private static final CompiledGraph NO_RULES = new CompiledGraph(List.of(), List.of());

  private Planner() {}

  /**
   * What turns one graph into the other.
   *
   * @param before what runs now; empty for a new graph
   */
  public static Plan plan(Optional<DesiredGraph> before, DesiredGraph after) {
    List<PlacedFunction> added = new ArrayList<>();
    List<PlacedFunction> updated = new ArrayList<>();
    List<PlacedFunction> removed = new ArrayList<>();
    for (PlacedFunction wanted : after.functions().values()) {
      Optional<PlacedFunction> present = before.flatMap(graph -> same(graph, wanted));
      if (present.isEmpty()) {
        added.add(wanted);
      } else if (!withoutConfiguration(present.get()).equals(withoutConfiguration(wanted))) {
        removed.add(present.get());
        added.add(wanted);
      } else if (!present.get().equals(wanted)) {
        updated.add(wanted);
      }
    }
    before.ifPresent(
        graph ->
            graph.functions().values().stream()
                .filter(old -> same(after, old).isEmpty())
                .forEach(removed::add));
    CompiledGraph old = before.map(DesiredGraph::rules).orElse(NO_RULES);
    return new Plan(
        added,
        updated,
        removed,
        new Plan.Links(after.rules().links(), without(old.links(), after.rules().links())),
        after.rules().outerPorts(),
        without(old.outerPorts(), after.rules().outerPorts()));
  }

  /**
   * Whether only notes for people differ, or nothing: no function is touched and no rule changes.
   * The documents alone don't tell, for the catalog can offer another implementation by now.
   */
  public static boolean isCosmetic(DesiredGraph before, DesiredGraph after) {
    return GraphDiff.between(before.graph(), after.graph()).isCosmetic()
        && plan(Optional.of(before), after).keepsFunctions();
  }

  private static Optional<PlacedFunction> same(DesiredGraph graph, PlacedFunction function) {
    return Optional.ofNullable(graph.functions().get(function.spec().id().function()));
  }

  /** All that makes another instance of it: everything but the configuration. */
  private static PlacedFunction withoutConfiguration(PlacedFunction function) {
    return new PlacedFunction(function.placement(), function.spec().configured(""));
  }

  private static <T> Set<T> without(Set<T> all, Set<T> some) {
    Set<T> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
