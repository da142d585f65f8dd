package org.universalnode.bench.forwarding;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.universalnode.bench.forwarding.RouteFigures.Aspect;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.bench.traffic.RoundTrip;

/** How long a small packet takes to and fro over each route. */
public final class RoundTrips implements Subject {
  private static final Duration TIME = Duration.ofMillis(500);
  private static final Turns TURNS = new Turns(1, 7);
  private static final RouteFigures<RoundTrip> FIGURES =
      new RouteFigures<>(
          List.of(
              new Aspect<>("round trip p50", "us", RoundTrip::median),
              new Aspect<>("round trip p99", "us", RoundTrip::p99)),
          Map.of());

  private final Path house;

  /**
   * Measures round trips.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public RoundTrips(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return FIGURES.all();
  }

  @Override
  public List<Measurement> measure() {
    return FIGURES.measure(
        house, TURNS, (lab, generator, ends) -> () -> generator.pingPong(ends, TIME));
  }
}
