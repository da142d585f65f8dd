package org.universalnode.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.node.deploy.Clockwork;
import org.universalnode.node.deploy.Drivers;
import org.universalnode.node.deploy.FunctionTending;
import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.deploy.HealthIntervals;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.event.EventLog;
import org.universalnode.node.event.NodeEvent;
import org.universalnode.node.health.DriverExamination;
import org.universalnode.node.health.FunctionHealth;
import org.universalnode.node.health.FunctionName;
import org.universalnode.node.health.HealthWatch;
import org.universalnode.node.health.Pace;
import org.universalnode.node.health.RestartPolicy;
import org.universalnode.switching.LsiId;

/**
 * Has what runs looked after: what drivers say was changed from outside, functions that are ill,
 * and now and then everything that no event tells of.
 */
final class FunctionCare implements GraphListener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FunctionCare.class.getName());

  /** A clock that nobody can set. */
  private static final InstantSource MONOTONIC = () -> Instant.EPOCH.plusNanos(System.nanoTime());

  private final Drivers drivers;
  private final EventLog events;
  private final Clockwork clockwork;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private volatile Optional<HealthWatch> health = Optional.empty();
  private volatile Optional<Orchestrator> graphs = Optional.empty();

  /** Nothing is looked after before {@link #begin}. */
  FunctionCare(Drivers drivers, EventLog events, Clockwork clockwork) {
    this.drivers = drivers;
    this.events = events;
    this.clockwork = clockwork;
  }

  /** Looks after the functions of these graphs from now on. */
  void begin(Orchestrator wanted, HealthIntervals intervals) {
    Pace pace =
        new Pace(
            Duration.ofSeconds(intervals.statusSeconds()),
            Pace.DEFAULT.gap(),
            Pace.DEFAULT.confirmation());
    HealthWatch watch =
        new HealthWatch(
            pace,
            RestartPolicy.DEFAULT,
            new DriverExamination(wanted.tending()::site),
            wanted.tending()::restart,
            (function, _, now) -> tell(wanted.tending(), function, now),
            MONOTONIC);
    parts.push(watch);
    graphs = Optional.of(wanted);
    health = Optional.of(watch);
    watch.keep(wanted.tending().functions());
    parts.push(drivers.switching().watch(wanted::disturbed));
    for (FunctionDriver driver : drivers.functions()) {
      parts.push(driver.watch(watch::disturbed));
    }
    sweepLater(wanted, Duration.ofSeconds(intervals.sweepSeconds()));
  }

  private void keep(String graph) {
    health.ifPresent(
        watch -> graphs.ifPresent(wanted -> watch.keep(graph, wanted.tending().functions(graph))));
  }

  @Override
  public void phase(String graph, Phase phase, String reason) {
    keep(graph);
  }

  @Override
  public void gone(String graph) {
    keep(graph);
  }

  @Override
  public void mended(String graph, Duration took) {
    health.ifPresent(watch -> watch.mended(graph));
  }

  @Override
  public void close() {
    health = Optional.empty();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "while closing", e);
      }
    }
  }

  /** Who changes it afterwards comes here too, so what counts is how it is when its turn comes. */
  private void tell(FunctionTending functions, FunctionName function, FunctionHealth now) {
    events.publish(
        new NodeEvent.FunctionState(function.graph(), function.function(), word(now), reason(now)));
    clockwork.after(Duration.ZERO, () -> functions.changed(function, () -> complaint(function)));
  }

  private String complaint(FunctionName function) {
    Optional<FunctionHealth> now =
        health.flatMap(watch -> Optional.ofNullable(watch.health().get(function)));
    return now.filter(how -> !(how instanceof FunctionHealth.Well))
        .map(how -> word(how) + ": " + reason(how))
        .orElse("");
  }

  private static String word(FunctionHealth health) {
    return health.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String reason(FunctionHealth health) {
    return switch (health) {
      case FunctionHealth.Well _ -> "";
      case FunctionHealth.Ill(String why, Instant _) -> why;
      case FunctionHealth.Restarting(int attempt, Instant _) -> "attempt " + attempt;
      case FunctionHealth.Failed(String why) -> why;
    };
  }

  private void sweepLater(Orchestrator graphs, Duration pause) {
    clockwork.after(
        pause,
        () -> {
          try {
            for (LsiId lsi : drivers.switching().verify().orThrow()) {
              graphs.disturbed(lsi);
            }
          } finally {
            sweepLater(graphs, pause);
          }
        });
  }
}
