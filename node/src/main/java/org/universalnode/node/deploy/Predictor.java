package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.nffg.diff.Aspect;
import org.universalnode.nffg.diff.Change;
import org.universalnode.nffg.diff.Changes;
import org.universalnode.nffg.diff.GraphDiff;
import org.universalnode.node.deploy.DesiredGraph.PlacedFunction;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.deploy.Prediction.Elements;
import org.universalnode.node.deploy.Prediction.Interfaces;
import org.universalnode.node.deploy.Prediction.Outcome;
import org.universalnode.node.deploy.Prediction.Step;
import org.universalnode.node.store.Placement;
import org.universalnode.switching.PortName;

/** Foresees what applying a graph does, from the plan that applying follows. Pure. */
final class Predictor {
  private static final ServiceGraph NOTHING =
      new ServiceGraph("", "", List.of(), List.of(), List.of());

  private final Optional<DesiredGraph> known;
  private final Optional<DesiredGraph> running;
  private final DesiredGraph after;
  private final Plan plan;
  private final GraphDiff difference;

  private Predictor(Optional<Moment> before, DesiredGraph after) {
    this.known = before.map(Moment::desired);
    this.running = before.flatMap(Moment::deployed).map(Deployed::desired);
    this.after = after;
    this.plan = Planner.plan(running, after);
    this.difference =
        GraphDiff.between(known.map(DesiredGraph::graph).orElse(NOTHING), after.graph());
  }

  /**
   * What happens when the graph is applied.
   *
   * @param before empty for a new graph
   * @param shared interfaces that stay with the switch for the sake of other graphs
   */
  static Prediction predict(
      Optional<Moment> before, DesiredGraph after, Set<PortName.Outer> shared) {
    return new Predictor(before, after).prediction(shared);
  }

  private Prediction prediction(Set<PortName.Outer> shared) {
    boolean cosmetic = running.filter(graph -> Planner.isCosmetic(graph, after)).isPresent();
    return new Prediction(
        outcome(cosmetic),
        cosmetic,
        known.isPresent() && difference.notes(),
        functions(),
        elements(difference.endPoints(), after.graph().endPoints()),
        elements(difference.rules(), after.graph().rules()),
        interfaces(shared),
        links());
  }

  private Outcome outcome(boolean cosmetic) {
    if (running.isEmpty()) {
      return known.isEmpty() ? Outcome.CREATED : Outcome.RESTORED;
    }
    return cosmetic && difference.isEmpty() ? Outcome.KEPT : Outcome.CHANGED;
  }

  private List<Prediction.Function> functions() {
    Map<String, Set<Aspect>> changed =
        difference.functions().changed().stream()
            .collect(Collectors.toMap(change -> change.after().id(), Change::aspects));
    List<Prediction.Function> all = new ArrayList<>();
    after
        .functions()
        .forEach(
            (id, wanted) -> {
              Set<Aspect> aspects = new TreeSet<>(changed.getOrDefault(id, Set.of()));
              known
                  .flatMap(graph -> Optional.ofNullable(graph.functions().get(id)))
                  .ifPresent(old -> aspects.addAll(chosenOtherwise(old, wanted)));
              all.add(new Prediction.Function(id, step(wanted), wanted.placement(), aspects));
            });
    known.ifPresent(
        graph ->
            graph.functions().entrySet().stream()
                .filter(old -> !after.functions().containsKey(old.getKey()))
                .forEach(old -> all.add(stopped(old.getKey(), old.getValue()))));
    return all;
  }

  private Step step(PlacedFunction wanted) {
    if (plan.added().contains(wanted)) {
      boolean present = plan.replaced().stream().anyMatch(old -> id(old).equals(id(wanted)));
      return present ? Step.REPLACE : Step.START;
    }
    return plan.updated().contains(wanted) ? Step.UPDATE : Step.KEEP;
  }

  /** What the node chose otherwise, maybe for the same document: its catalog can have changed. */
  private static Set<Aspect> chosenOtherwise(PlacedFunction old, PlacedFunction wanted) {
    Set<Aspect> aspects = new HashSet<>();
    if (!withoutPorts(old.placement()).equals(withoutPorts(wanted.placement()))) {
      aspects.add(Aspect.IMPLEMENTATION);
    }
    if (!old.spec().ports().equals(wanted.spec().ports())) {
      aspects.add(Aspect.PORTS);
    }
    return aspects;
  }

  private static Placement withoutPorts(Placement placement) {
    return new Placement(
        placement.template(),
        placement.type(),
        placement.image(),
        List.of(),
        placement.cores(),
        placement.containment(),
        placement.shared());
  }

  private static Prediction.Function stopped(String id, PlacedFunction old) {
    return new Prediction.Function(id, Step.STOP, old.placement(), Set.of());
  }

  private static <T> Elements<T> elements(Changes<T> changes, List<T> all) {
    return new Elements<>(changes, all.size() - changes.added().size() - changes.changed().size());
  }

  private Interfaces interfaces(Set<PortName.Outer> shared) {
    Set<PortName.Outer> wanted = after.rules().outerPorts();
    Set<PortName.Outer> plugged = running.map(graph -> graph.rules().outerPorts()).orElse(Set.of());
    Set<PortName.Outer> old = known.map(graph -> graph.rules().outerPorts()).orElse(Set.of());
    return new Interfaces(
        names(without(without(wanted, plugged), shared)),
        names(without(without(old, wanted), shared)));
  }

  private Prediction.Links links() {
    Set<PortName.Link> wanted = plan.links().wanted();
    Set<PortName.Link> present = running.map(graph -> graph.rules().links()).orElse(Set.of());
    int added = without(wanted, present).size();
    return new Prediction.Links(added, plan.links().dropped().size(), wanted.size() - added);
  }

  private static List<String> names(Set<PortName.Outer> ports) {
    return ports.stream().map(PortName::toString).sorted().toList();
  }

  private static String id(PlacedFunction function) {
    return function.spec().id().function();
  }

  private static <T> Set<T> without(Set<T> all, Set<T> some) {
    Set<T> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
