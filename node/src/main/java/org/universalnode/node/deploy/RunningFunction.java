package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.universalnode.compute.Execution;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.InstanceHealth;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.InstanceStats;
import org.universalnode.compute.LogText;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;
import org.universalnode.node.store.Placement;

/** A function that is deployed, for those who look at it or into it. */
public final class RunningFunction {
  private final PlacedFunction placed;
  private final FunctionDriver driver;

  RunningFunction(PlacedFunction placed, FunctionDriver driver) {
    this.placed = placed;
    this.driver = driver;
  }

  public Placement placement() {
    return placed.placement();
  }

  public ObservedInstance observed() {
    return driver.observe(id()).orThrow();
  }

  public InstanceStats stats() {
    return driver.stats(id()).orThrow();
  }

  /** What it says of itself, which takes seconds at most. */
  public InstanceHealth health() {
    return driver.health(id()).orThrow();
  }

  /** What it printed; see {@link FunctionDriver#log}. */
  public LogText log(OptionalLong from, int mostBytes) {
    return driver.log(id(), from, mostBytes).orThrow();
  }

  /** Runs a command inside; see {@link FunctionDriver#exec}. */
  public Execution exec(List<String> command, Duration limit) {
    return driver.exec(id(), command, limit).orThrow();
  }

  void pause(boolean pause) {
    (pause ? driver.pause(id()) : driver.resume(id())).orThrow();
  }

  private InstanceId id() {
    return placed.spec().id();
  }
}
