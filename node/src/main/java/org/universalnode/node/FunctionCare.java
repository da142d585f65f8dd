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
  private volatile Optional<Runnable> onChange = Optional.empty();

  /** Nothing is looked after before {@link #begin}. */
  FunctionCare(Drivers drivers, EventLog events, Clockwork clockwork) {
    this.drivers = drivers;
    this.events = events;
    this.clockwork = clockwork;
  }

  /** Looks after the functions of these graphs from now on. */
  void begin(Orchestrator graphs, HealthIntervals intervals) {
    Pace pace =
        new Pace(
            Duration.ofSeconds(intervals.statusSeconds()),
            Pace.DEFAULT.gap(),
            Pace.DEFAULT.confirmation());
    HealthWatch health =
        new HealthWatch(
            pace,
            RestartPolicy.DEFAULT,
            new DriverExamination(graphs::site),
            graphs::restart,
            (function, _, now) -> tell(graphs, function, now),
            MONOTONIC);
    parts.push(health);
    onChange = Optional.of(() -> health.keep(graphs.functions()));
    health.keep(graphs.functions());
    parts.push(drivers.switching().watch(graphs::disturbed));
    for (FunctionDriver driver : drivers.functions()) {
      parts.push(driver.watch(health::disturbed));
    }
    sweepLater(graphs, Duration.ofSeconds(intervals.sweepSeconds()));
  }

  @Override
  public void phase(String graph, Phase phase, String reason) {
    onChange.ifPresent(Runnable::run);
  }

  @Override
  public void gone(String graph) {
    onChange.ifPresent(Runnable::run);
  }

  @Override
  public void close() {
    onChange = Optional.empty();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "while closing", e);
      }
    }
  }

  private void tell(Orchestrator graphs, FunctionName function, FunctionHealth now) {
    String reason =
        switch (now) {
          case FunctionHealth.Well _ -> "";
          case FunctionHealth.Ill(String why, Instant _) -> why;
          case FunctionHealth.Restarting(int attempt, Instant _) -> "restart " + attempt;
          case FunctionHealth.Failed(String why) -> why;
        };
    String word = now.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    events.publish(
        new NodeEvent.FunctionState(function.graph(), function.function(), word, reason));
    clockwork.after(
        Duration.ZERO, () -> graphs.ail(function, reason.isEmpty() ? "" : word + ": " + reason));
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
