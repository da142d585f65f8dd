package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.plan.Plan;
import org.universalnode.node.plan.Planner;
import org.universalnode.node.plan.Step;
import org.universalnode.problem.Problem;
import org.universalnode.switching.PortName;

/**
 * Carries out one change of a graph by its plan. If a step of building fails, all that was begun is
 * taken back, the last first, and the graph runs as it did.
 */
final class Executor {
  private static final System.Logger LOG = System.getLogger(Executor.class.getName());

  private final Means means;
  private final Consumer<Progress> onBegin;
  private final Stopwatch stopwatch;
  private boolean clean = true;

  /**
   * Nothing is done yet.
   *
   * @param onBegin learns of each plan that is carried out
   */
  Executor(Means means, Consumer<Progress> onBegin, Stopwatch stopwatch) {
    this.means = means;
    this.onBegin = onBegin;
    this.stopwatch = stopwatch;
  }

  /**
   * Turns what runs into what is desired.
   *
   * @param onSwitched is done when frames go the new way: from then on nothing is taken back
   */
  Deployed change(Optional<Deployed> before, DesiredGraph after, Runnable onSwitched) {
    Plan plan = Planner.change(before.map(Deployed::desired), after);
    StepWork work = new StepWork(means, before, after, stopwatch);
    Progress progress = begin(after, plan);
    build(plan, work, progress);
    onSwitched.run();
    finish(retire(plan, work, progress));
    return work.deployed();
  }

  /**
   * What became of a graph that was seen to.
   *
   * @param failures why functions could not be mended, by their ids
   */
  record Mended(Deployed deployed, SortedMap<String, Problem> failures) {

    boolean isWhole() {
      return failures.isEmpty();
    }

    Moment moment() {
      if (isWhole()) {
        return Moment.active(deployed);
      }
      List<String> reasons = new ArrayList<>();
      failures.forEach((function, why) -> reasons.add("function " + function + ": " + why));
      return Moment.crippled(deployed.desired(), String.join("; ", reasons));
    }
  }

  /**
   * Makes whatever is missing of a graph and takes over what is there. That one function can't be
   * had keeps nothing else from being mended.
   */
  Mended mend(DesiredGraph desired) {
    return mend(desired, Planner.whole(Optional.empty(), desired));
  }

  /**
   * The same, but for the rules.
   *
   * @param other the version of the graph of which they may still be
   */
  Mended mendParts(DesiredGraph desired, Optional<DesiredGraph> other) {
    return mend(desired, Planner.parts(other, desired));
  }

  private Mended mend(DesiredGraph desired, Plan plan) {
    StepWork work = work(desired);
    Progress progress = begin(desired, plan);
    SortedMap<String, Problem> failures = new ConcurrentSkipListMap<>();
    means
        .pace()
        .run(
            plan.build(),
            step -> {
              if (step instanceof Step.OfFunction at) {
                attempt(at, failures, () -> progress.of(step, () -> work.perform(step)));
              } else {
                progress.of(step, () -> work.perform(step));
              }
            });
    return new Mended(work.deployed(), failures);
  }

  /** What a function's first step could not do its next ones do not try. */
  private static void attempt(Step.OfFunction step, Map<String, Problem> failures, Runnable work) {
    String function = step.function().id();
    if (!failures.containsKey(function)) {
      try {
        work.run();
      } catch (RuntimeException e) {
        failures.put(function, Problem.of(e));
      }
    }
  }

  /**
   * Puts a graph in the place of one of which nobody knows what runs. What only the other graph of
   * the two has goes: that of the unknown one on success, that of the desired one on failure.
   *
   * @param onSwitched as {@link #change} does
   */
  Deployed replace(DesiredGraph unknown, DesiredGraph desired, Runnable onSwitched) {
    try {
      Deployed deployed = takeOver(Optional.of(unknown), desired);
      new StackClients(means.drivers().dhcp()).begin(deployed);
      onSwitched.run();
      removeWhatOnly(unknown, desired);
      return deployed;
    } catch (RuntimeException e) {
      removeWhatOnly(desired, unknown);
      new Salvage(means).beginClients(unknown);
      throw e;
    }
  }

  /** Removes the parts that the other graph does not have; see {@link #isClean}. */
  void removeWhatOnly(DesiredGraph one, DesiredGraph other) {
    Plan plan = Planner.removalOfWhatOnly(one, other);
    finish(retire(plan, work(one), begin(one, plan)));
  }

  /** Removes a graph. Every part is tried; the first problem is thrown at the end. */
  void delete(DesiredGraph graph, Collection<PortName.Outer> plugged) {
    Plan plan = Planner.removal(graph, plugged);
    List<RuntimeException> failures = retire(plan, work(graph), begin(graph, plan));
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /** Whether nothing is left that should have gone. */
  boolean isClean() {
    return clean;
  }

  private Deployed takeOver(Optional<DesiredGraph> unknown, DesiredGraph desired) {
    Plan plan = Planner.whole(unknown, desired);
    StepWork work = work(desired);
    Progress progress = begin(desired, plan);
    means.pace().run(plan.build(), step -> progress.of(step, () -> work.perform(step)));
    return work.deployed();
  }

  private StepWork work(DesiredGraph graph) {
    return new StepWork(means, Optional.empty(), graph, stopwatch);
  }

  private Progress begin(DesiredGraph graph, Plan plan) {
    Progress progress = new Progress(graph.id(), plan.steps().size(), means.listener());
    onBegin.accept(progress);
    return progress;
  }

  private void build(Plan plan, StepWork work, Progress progress) {
    Deque<Step> begun = new ConcurrentLinkedDeque<>();
    try {
      means
          .pace()
          .run(
              plan.build(),
              step -> {
                begun.push(step);
                progress.of(step, () -> work.perform(step));
              });
    } catch (RuntimeException e) {
      begun.forEach(step -> takeBack(step, work, progress));
      throw e;
    }
  }

  /** A step that can't be taken back is reported and does not keep the others from it. */
  private void takeBack(Step step, StepWork work, Progress progress) {
    try {
      progress.back(step, () -> work.takeBack(step));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "can''t take back \"{0}\": {1}", step, Problem.of(e));
      clean = false;
    }
  }

  /** What could not be done of it. */
  private List<RuntimeException> retire(Plan plan, StepWork work, Progress progress) {
    List<RuntimeException> failures = Collections.synchronizedList(new ArrayList<>());
    means
        .pace()
        .run(
            plan.retire(),
            step -> {
              try {
                progress.of(step, () -> work.perform(step));
              } catch (RuntimeException e) {
                failures.add(e);
              }
            });
    return failures;
  }

  private void finish(List<RuntimeException> failures) {
    clean &= failures.isEmpty();
    report(failures);
  }

  private static void report(List<RuntimeException> failures) {
    failures.forEach(
        failure ->
            LOG.log(
                System.Logger.Level.WARNING,
                "not all of a graph could be changed: {0}",
                Problem.of(failure)));
  }

  /** A step that fails is reported and does not keep the others from being done. */
  static void runAll(List<Runnable> steps) {
    List<RuntimeException> failures = new ArrayList<>();
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    report(failures);
  }
}
