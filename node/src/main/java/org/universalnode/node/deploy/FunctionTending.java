package org.universalnode.node.deploy;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.health.DriverExamination;
import org.universalnode.node.health.DriverExamination.Site;
import org.universalnode.node.health.Finding;
import org.universalnode.node.health.FunctionName;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/** The functions of all graphs, for those who look after them. */
public final class FunctionTending {
  private final GraphTable graphs;
  private final Drivers drivers;
  private final Deployment deployment;

  FunctionTending(GraphTable graphs, Drivers drivers, Deployment deployment) {
    this.graphs = graphs;
    this.drivers = drivers;
    this.deployment = deployment;
  }

  /** Those that are to run now. */
  public Set<FunctionName> functions() {
    Set<FunctionName> all = new LinkedHashSet<>();
    graphs.moments().forEach(moment -> all.addAll(functions(moment)));
    return all;
  }

  /** The same of one graph. */
  public Set<FunctionName> functions(String graph) {
    return graphs.moment(graph).map(FunctionTending::functions).orElse(Set.of());
  }

  private static Set<FunctionName> functions(Moment moment) {
    if (!moment.isLookedAfter()) {
      return Set.of();
    }
    String graph = moment.desired().id();
    return moment.desired().functions().keySet().stream()
        .map(id -> new FunctionName(graph, id))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Where a function runs; empty while it is being changed, or is not wanted. */
  public Optional<Site> site(FunctionName function) {
    return graphs
        .moment(function.graph())
        .filter(Moment::isLookedAfter)
        .flatMap(
            moment -> Optional.ofNullable(moment.desired().functions().get(function.function())))
        .map(placed -> new Site(drivers.of(placed), placed.spec().id()));
  }

  /**
   * Makes a function work again: what of it is broken is made anew; one that is whole and does not
   * answer is stopped and started. Nothing happens to one that does its work.
   */
  public Result<Nothing> restart(String graph, String function) {
    return Result.run(
        () ->
            graphs.withKnown(
                graph,
                entry -> {
                  site(new FunctionName(graph, function)).ifPresent(site -> restart(entry, site));
                  return entry;
                }));
  }

  /**
   * What can't be started where it stands is made anew by the second attempt. Until this had its
   * turn the graph may have been changed or mended: then it is another instance that does its work.
   */
  private void restart(GraphEntry entry, Site site) {
    switch (DriverExamination.examine(site)) {
      case Finding.Fine _, Finding.Unwell _ -> {
        return;
      }
      case Finding.Doubtful _ -> {
        if (runs(site)) {
          site.driver().stop(site.instance()).orThrow();
        }
      }
      case Finding.Broken _, Finding.Busy _ -> {}
    }
    deployment.see(entry);
    if (!runs(site)) {
      deployment.see(entry);
    }
    if (!runs(site)) {
      String reason = entry.moment().map(Moment::reason).orElse("");
      throw Problem.of(
              Problem.Code.CONFLICT,
              reason.isEmpty() ? site.instance() + " does not start" : reason)
          .asException();
    }
  }

  private static boolean runs(Site site) {
    ObservedInstance now = site.driver().observe(site.instance()).orThrow();
    return now.state() == ObservedInstance.State.STARTED && now.missing().isEmpty();
  }

  /**
   * How a function is has changed. Waits for a change of its graph that is under way.
   *
   * @param reason why it does not do its work, asked for then; empty if it does
   */
  public void changed(FunctionName function, Supplier<String> reason) {
    graphs.withKnown(
        function.graph(),
        entry -> {
          entry.ail(function.function(), reason.get());
          return entry;
        });
  }
}
