package org.universalnode.bench.forwarding;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.universalnode.bench.forwarding.RouteFigures.Aspect;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.bench.traffic.Rate;

/** How much of one kind of traffic goes over each route, in a second and in a second of a core. */
public final class Forwarding implements Subject {
  private static final Turns TURNS = new Turns(1, 5);
  private static final Map<String, Budget> BUDGETS =
      Map.of(
          "tcp, chain of hand-made", new Budget.AtLeast(0.95, 0.7),
          "tcp mtu-sized per CPU s, lsi of direct", new Budget.AtLeast(1.3, 1.1));

  private final Path house;
  private final Traffic traffic;
  private final RouteFigures<Rate> figures;

  /**
   * Measures one kind of traffic.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public Forwarding(Path house, Traffic traffic) {
    this.house = house;
    this.traffic = traffic;
    this.figures =
        new RouteFigures<>(
            List.of(
                new Aspect<>(traffic.word(), traffic.unit(), Rate::perSecond),
                new Aspect<>(traffic.word() + " per CPU s", traffic.amount(), Rate::perBusySecond)),
            BUDGETS);
  }

  @Override
  public List<Figure> figures() {
    return figures.all();
  }

  @Override
  public List<Measurement> measure() {
    return figures.measure(house, TURNS, traffic::between);
  }
}
