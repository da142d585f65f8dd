package org.universalnode.node.health;

import java.util.Optional;
import java.util.function.Function;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.InstanceHealth;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/**
 * Asks the drivers. What of a function is gone its driver sees; the function itself is asked only
 * if nothing is, and not while it is paused.
 */
public final class DriverExamination implements Examination {
  /** Where a function runs. */
  public record Site(FunctionDriver driver, InstanceId instance) {}

  private final Function<FunctionName, Optional<Site>> sites;

  /**
   * @param sites finds where a function runs; empty while it is being changed, or is not wanted
   */
  public DriverExamination(Function<FunctionName, Optional<Site>> sites) {
    this.sites = sites;
  }

  @Override
  public Finding examine(FunctionName function) {
    return sites.apply(function).map(DriverExamination::examine).orElseGet(Finding.Busy::new);
  }

  /** The same of a function whose place is known. */
  public static Finding examine(Site site) {
    return switch (site.driver().observe(site.instance())) {
      case Result.Failed<ObservedInstance>(Problem problem) ->
          new Finding.Doubtful(problem.detail());
      case Result.Done<ObservedInstance>(ObservedInstance observed) -> examine(site, observed);
    };
  }

  private static Finding examine(Site site, ObservedInstance observed) {
    if (!observed.missing().isEmpty()) {
      return new Finding.Broken("it lost " + String.join(" and ", observed.missing()));
    }
    return switch (observed.state()) {
      case BROKEN -> new Finding.Broken("something it stands on is gone");
      case CREATED -> new Finding.Broken("it is not started");
      case PAUSED -> new Finding.Fine();
      case STARTED -> ask(site);
    };
  }

  private static Finding ask(Site site) {
    return switch (site.driver().health(site.instance())) {
      case Result.Failed<InstanceHealth>(Problem problem) -> new Finding.Doubtful(problem.detail());
      case Result.Done<InstanceHealth>(InstanceHealth health) -> finding(health);
    };
  }

  private static Finding finding(InstanceHealth health) {
    if (health.isGood()) {
      return new Finding.Fine();
    }
    return health.answered()
        ? new Finding.Unwell(health.reason())
        : new Finding.Doubtful(health.reason());
  }
}
