package org.universalnode.node.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.PortSpec;
import org.universalnode.nffg.PortLabel;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.node.store.Placement;
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
  public record Updated(PlacedFunction earlier, PlacedFunction function) {

    /** Whether it gets ports that it had not. */
    boolean plugs() {
      return !missing(function, earlier).isEmpty();
    }

    /** Whether it loses ports. */
    boolean unplugs() {
      return !missing(earlier, function).isEmpty();
    }

    /** As it is to be, with the ports that it had besides. */
    PlacedFunction withEarlierPorts() {
      List<PortSpec> ports = new ArrayList<>(function.spec().ports());
      ports.addAll(missing(earlier, function));
      return new PlacedFunction(
          function.placement().ported(ports.stream().map(PortSpec::label).toList()),
          function.spec().ported(ports));
    }
  }

  /** Ports of one function that the other does not have. */
  public static List<PortSpec> missing(PlacedFunction one, PlacedFunction other) {
    Set<PortLabel> present = labels(other);
    return one.spec().ports().stream().filter(port -> !present.contains(port.label())).toList();
  }

  private static Set<PortLabel> labels(PlacedFunction function) {
    return function.spec().ports().stream().map(PortSpec::label).collect(Collectors.toSet());
  }

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

  /** The same with other functions to be made. */
  Difference adding(Collection<PlacedFunction> functions) {
    return new Difference(List.copyOf(functions), updated, removed, links, ports);
  }

  /** Whether all functions go on as they are. */
  public boolean keepsFunctions() {
    return added.isEmpty() && updated.isEmpty() && removed.isEmpty();
  }

  /**
   * Whether they can't be one instance: they differ in more than the configuration, and the ports
   * where these can be plugged while it runs.
   */
  static boolean isAnother(PlacedFunction one, PlacedFunction other) {
    boolean plugged = one.placement().hotplug() && other.placement().hotplug();
    return !frame(one, plugged).equals(frame(other, plugged))
        || !common(one, other).equals(common(other, one));
  }

  /** What can't be changed of an instance, but for ports that it keeps. */
  private static PlacedFunction frame(PlacedFunction function, boolean plugged) {
    Placement placement = function.placement().plugged(false);
    FunctionSpec spec = function.spec().configured("");
    return plugged
        ? new PlacedFunction(placement.ported(List.of()), spec.ported(List.of()))
        : new PlacedFunction(placement, spec);
  }

  private static Set<PortSpec> common(PlacedFunction one, PlacedFunction other) {
    Set<PortLabel> present = labels(other);
    return one.spec().ports().stream()
        .filter(port -> present.contains(port.label()))
        .collect(Collectors.toSet());
  }

  private static Optional<PlacedFunction> same(DesiredGraph graph, PlacedFunction function) {
    return Optional.ofNullable(graph.functions().get(function.id()));
  }
}
