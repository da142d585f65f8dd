package org.universalnode.bench.forwarding;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.universalnode.bench.forwarding.Route.Comparison;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Turns;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.traffic.Generator;

/**
 * The figures of something that is measured on every route: its own value on each, and the ratios
 * of the comparisons.
 *
 * @param <R> what one look at a route brings
 * @param budgets of ratios, by the figure's name
 */
record RouteFigures<R>(List<Aspect<R>> aspects, Map<String, Budget> budgets) {

  /** One number out of a reading. */
  record Aspect<R>(String name, String unit, ToDoubleFunction<R> value) {}

  /** Makes what looks at a route. */
  @FunctionalInterface
  interface Look<R> {
    Supplier<R> at(Lab lab, Generator generator, Ends ends);
  }

  RouteFigures {
    aspects = List.copyOf(aspects);
    budgets = Map.copyOf(budgets);
  }

  List<Figure> all() {
    List<Figure> all = new ArrayList<>();
    for (Aspect<R> aspect : aspects) {
      for (Route route : Route.values()) {
        all.add(absolute(aspect, route));
      }
      Route.COMPARISONS.forEach(comparison -> all.add(ratio(aspect, comparison)));
    }
    return all;
  }

  /** Opens all routes and looks at them in turns. */
  List<Measurement> measure(Path house, Turns turns, Look<R> look) {
    Map<Route, List<R>> readings = new EnumMap<>(Route.class);
    try (Lab lab = Lab.open(house)) {
      Generator generator = Generator.in(lab);
      Map<Route, Ends> routes = Route.open(lab);
      List<Supplier<R>> asked = new ArrayList<>();
      routes.values().forEach(ends -> asked.add(look.at(lab, generator, ends)));
      List<List<R>> taken = turns.readings(asked);
      routes.keySet().forEach(route -> readings.put(route, taken.get(readings.size())));
    }
    return measurements(readings);
  }

  List<Measurement> measurements(Map<Route, List<R>> readings) {
    List<Measurement> measured = new ArrayList<>();
    for (Aspect<R> aspect : aspects) {
      Map<Route, Samples> samples = new EnumMap<>(Route.class);
      readings.forEach((route, list) -> samples.put(route, Samples.of(list, aspect.value())));
      samples.forEach(
          (route, each) -> measured.add(new Measurement(absolute(aspect, route), each)));
      for (Comparison comparison : Route.COMPARISONS) {
        Samples route = Objects.requireNonNull(samples.get(comparison.route()));
        Samples reference = Objects.requireNonNull(samples.get(comparison.reference()));
        measured.add(new Measurement(ratio(aspect, comparison), route.over(reference)));
      }
    }
    return measured;
  }

  private Figure absolute(Aspect<R> aspect, Route route) {
    return Figure.absolute(aspect.name() + ", " + route.word(), aspect.unit());
  }

  private Figure ratio(Aspect<R> aspect, Comparison comparison) {
    String name = aspect.name() + ", " + comparison.name();
    return Figure.ratio(name, budgets.getOrDefault(name, new Budget.None()));
  }
}
