package org.universalnode.node.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.nffg.diff.Aspect;
import org.universalnode.nffg.diff.Change;
import org.universalnode.nffg.diff.Changes;
import org.universalnode.nffg.diff.GraphDiff;
import org.universalnode.node.choice.Choices;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.node.plan.Prediction.Becoming;
import org.universalnode.node.plan.Prediction.Elements;
import org.universalnode.node.plan.Prediction.Interfaces;
import org.universalnode.node.plan.Prediction.Outcome;
import org.universalnode.node.store.Placement;
import org.universalnode.switching.PortName;

/** Foresees what applying a graph does, from the plan that applying follows. Pure. */
public final class Predictor {
  private static final ServiceGraph NOTHING =
      new ServiceGraph("", "", List.of(), List.of(), List.of());

  private final Optional<DesiredGraph> known;
  private final Optional<DesiredGraph> running;
  private final DesiredGraph after;
  private final Difference change;
  private final GraphDiff difference;

  /**
   * A graph before a change.
   *
   * @param known as it is desired; empty for a new one
   * @param running as it runs; empty if nobody knows what does
   */
  public record Before(Optional<DesiredGraph> known, Optional<DesiredGraph> running) {
    public static final Before NEW = new Before(Optional.empty(), Optional.empty());
  }

  private Predictor(Before before, DesiredGraph after) {
    this.known = before.known();
    this.running = before.running();
    this.after = after;
    this.change = Difference.between(running, after);
    this.difference =
        GraphDiff.between(known.map(DesiredGraph::graph).orElse(NOTHING), after.graph());
  }

  /**
   * What happens when the graph is applied.
   *
   * @param shared interfaces that stay with the switch for the sake of other graphs
   * @param times how long steps take
   */
  public static Prediction predict(
      Before before,
      DesiredGraph after,
      Set<PortName.Outer> shared,
      Function<Step, Duration> times) {
    return new Predictor(before, after).prediction(shared, times);
  }

  private Prediction prediction(Set<PortName.Outer> shared, Function<Step, Duration> times) {
    boolean cosmetic = running.filter(graph -> Planner.isCosmetic(graph, after)).isPresent();
    Plan plan = plan(cosmetic);
    return new Prediction(
        outcome(cosmetic),
        cosmetic,
        known.isPresent() && difference.notes(),
        functions(),
        elements(difference.endPoints(), after.graph().endPoints()),
        elements(difference.rules(), after.graph().rules()),
        interfaces(shared),
        links(),
        plan,
        plan.takes(times),
        Choices.NONE);
  }

  private Plan plan(boolean cosmetic) {
    if (cosmetic) {
      return new Plan(List.of(), List.of());
    }
    boolean restored = known.isPresent() && running.isEmpty();
    return restored ? Planner.whole(known, after) : Planner.change(running, after);
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
              all.add(new Prediction.Function(id, becoming(wanted), wanted.placement(), aspects));
            });
    known.ifPresent(
        graph ->
            graph.functions().entrySet().stream()
                .filter(old -> !after.functions().containsKey(old.getKey()))
                .forEach(old -> all.add(stopped(old.getKey(), old.getValue()))));
    return all;
  }

  private Becoming becoming(PlacedFunction wanted) {
    if (change.added().contains(wanted)) {
      boolean present = change.removed().stream().anyMatch(old -> old.id().equals(wanted.id()));
      return present ? Becoming.REPLACE : Becoming.START;
    }
    boolean updated =
        change.updated().stream().anyMatch(update -> update.function().equals(wanted));
    return updated ? Becoming.UPDATE : Becoming.KEEP;
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
        Map.of(),
        placement.cores(),
        placement.containment(),
        placement.hotplug(),
        placement.shared(),
        0);
  }

  private static Prediction.Function stopped(String id, PlacedFunction old) {
    return new Prediction.Function(id, Becoming.STOP, old.placement(), Set.of());
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
    int added = change.links().added().size();
    return new Prediction.Links(
        added, change.links().removed().size(), after.rules().links().size() - added);
  }

  private static List<String> names(Set<PortName.Outer> ports) {
    return ports.stream().map(PortName::toString).sorted().toList();
  }

  private static <T> Set<T> without(Set<T> all, Set<T> some) {
    Set<T> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
