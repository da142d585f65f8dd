package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchCounters;
import org.universalnode.switching.SwitchDriver;

/**
 * All graphs at once, in numbers.
 *
 * @param graphs how many are in each phase; every phase is there
 * @param functions how many are in each state; every state is there
 * @param counters of every graph
 */
public record Survey(
    Map<Phase, Integer> graphs,
    Map<ObservedInstance.State, Integer> functions,
    List<GraphCounters> counters) {

  public Survey {
    graphs = java.util.Collections.unmodifiableMap(new EnumMap<>(graphs));
    functions = java.util.Collections.unmodifiableMap(new EnumMap<>(functions));
    counters = List.copyOf(counters);
  }

  static Survey of(Collection<Moment> moments, Drivers drivers) {
    return new Survey(
        phases(moments), states(moments, drivers), counters(moments, drivers.switching()));
  }

  private static Map<Phase, Integer> phases(Collection<Moment> moments) {
    Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      counts.put(phase, 0);
    }
    moments.forEach(moment -> counts.merge(moment.phase(), 1, Integer::sum));
    return counts;
  }

  /**
   * Asks for each function alone: a driver that is asked for all of them may tidy up, too, which is
   * for recovery and not for a node at work.
   */
  private static Map<ObservedInstance.State, Integer> states(
      Collection<Moment> moments, Drivers drivers) {
    Map<ObservedInstance.State, Integer> counts = new EnumMap<>(ObservedInstance.State.class);
    for (ObservedInstance.State state : ObservedInstance.State.values()) {
      counts.put(state, 0);
    }
    moments.stream()
        .flatMap(moment -> moment.desired().functions().values().stream())
        .map(function -> state(function, drivers))
        .forEach(state -> counts.merge(state, 1, Integer::sum));
    return counts;
  }

  private static ObservedInstance.State state(PlacedFunction function, Drivers drivers) {
    return drivers.of(function).observe(function.spec().id()).orThrow().state();
  }

  private static List<GraphCounters> counters(Collection<Moment> moments, SwitchDriver driver) {
    if (moments.isEmpty()) {
      return List.of();
    }
    SwitchCounters base = driver.counters(LsiId.BASE).orThrow();
    List<GraphCounters> counters = new ArrayList<>();
    moments.forEach(moment -> counters.add(GraphCounters.read(moment, driver, base)));
    return counters;
  }
}
