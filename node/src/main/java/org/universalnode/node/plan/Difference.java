package org.universalnode.node.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.switching.CompiledGraph;
import org.universalnode.switching.PortName;

/**
 * In which parts two graphs differ.
 *
 * @param added functions to be made and started
 * @param updated functions that go on running with another configuration
 * @param removed functions that go; one that is to be another under the same id is also in {@code
 *     added}, as another incarnation
 * @param links virtual links to LSI-0
 * @param ports of LSI-0
 */
public record Difference(
    List<PlacedFunction> added,
    List<Updated> updated,
    List<PlacedFunction> removed,
    Parts<PortName.Link> links,
    Parts<PortName.Outer> ports) {
  private static final CompiledGraph NO_RULES = new CompiledGraph(List.of(), List.of());

  /** A function as it was, and as it is to be. */
  public record Updated(PlacedFunction earlier, PlacedFunction function) {}

  /** Parts that come and go, in the order of their names; those that stay are in neither. */
  public record Parts<T>(List<T> added, List<T> removed) {
    public Parts {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }

    static <T> Parts<T> between(Set<T> before, Set<T> after) {
      return new Parts<>(without(after, before), without(before, after));
    }

    private static <T> List<T> without(Set<T> all, Set<T> some) {
      return all.stream()
          .filter(part -> !some.contains(part))
          .sorted(Comparator.comparing(Object::toString))
          .toList();
    }
  }

  public Difference {
    added = List.copyOf(added);
    updated = List.copyOf(updated);
    removed = List.copyOf(removed);
  }

  /**
   * What turns one graph into the other.
   *
   * @param before what runs now; empty for a new graph
   */
  public static Difference between(Optional<DesiredGraph> before, DesiredGraph after) {
    List<PlacedFunction> added = new ArrayList<>();
    List<Updated> updated = new ArrayList<>();
    List<PlacedFunction> removed = new ArrayList<>();
    for (PlacedFunction wanted : after.functions().values()) {
      Optional<PlacedFunction> present = before.flatMap(graph -> same(graph, wanted));
      if (present.isEmpty()) {
        added.add(wanted);
      } else if (isAnother(present.get(), wanted)) {
        removed.add(present.get());
        added.add(wanted);
      } else if (!present.get().equals(wanted)) {
        updated.add(new Updated(present.get(), wanted));
      }
    }
    before.ifPresent(
        graph ->
            graph.functions().values().stream()
                .filter(old -> same(after, old).isEmpty())
                .forEach(removed::add));
    CompiledGraph old = before.map(DesiredGraph::rules).orElse(NO_RULES);
    return new Difference(
        added,
        updated,
        removed,
        Parts.between(old.links(), after.rules().links()),
        Parts.between(old.outerPorts(), after.rules().outerPorts()));
  }

  /** Whether all functions go on as they are. */
  public boolean keepsFunctions() {
    return added.isEmpty() && updated.isEmpty() && removed.isEmpty();
  }

  /** Whether they can't be one instance: they differ in more than the configuration. */
  static boolean isAnother(PlacedFunction one, PlacedFunction other) {
    return !withoutConfiguration(one).equals(withoutConfiguration(other));
  }

  private static PlacedFunction withoutConfiguration(PlacedFunction function) {
    return new PlacedFunction(function.placement(), function.spec().configured(""));
  }

  private static Optional<PlacedFunction> same(DesiredGraph graph, PlacedFunction function) {
    return Optional.ofNullable(graph.functions().get(function.id()));
  }
}
