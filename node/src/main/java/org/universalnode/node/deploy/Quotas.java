package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.catalog.resolve.CoreLoads;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.store.Placement;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * Keeps graphs within the operator's limits and what the machine has, and tenants apart. A graph
 * that changes counts with what it has and with what it is to have, whichever is more, until it is
 * settled: so what is given to one is not given to another meanwhile, and there is room for what a
 * change that fails goes back to. Thread-safe.
 */
public final class Quotas {
  /** No graph is called that. */
  private static final String NOBODY = "";

  private final List<Limit> limits;
  private final Reservations reservations;
  private final UnaryOperator<String> groups;
  private final Meetings meetings;
  private final Map<String, Use> uses = new HashMap<>();

  /** All of these limits have to be kept; the machine has plenty. */
  public Quotas(List<Limit> limits) {
    this(limits, Reservations.ofPlenty(), _ -> "", _ -> "");
  }

  /**
   * The same on a machine that has only so much.
   *
   * @param groups of users that graphs belong to, by the graph's id; empty for none
   * @param tenants to whom graphs belong, by the graph's id; empty if it is no tenant's
   */
  public Quotas(
      List<Limit> limits,
      Reservations reservations,
      UnaryOperator<String> groups,
      UnaryOperator<String> tenants) {
    this.meetings = new Meetings(tenants);
    this.limits = List.copyOf(limits);
    this.reservations = reservations;
    this.groups = groups;
  }

  /** What is on the machine when that graph is resolved. */
  synchronized Resolver.Situation situation(
      String graph, Map<String, Placement> running, CoreLoads loads) {
    return new Resolver.Situation(
        graph, running, reservations.free(graph), reservations.served(graph), loads);
  }

  /** What could be promised to a graph that is not there yet. */
  public synchronized Amounts free() {
    return reservations.free(NOBODY);
  }

  /**
   * Looks whether the graph may become like this.
   *
   * @throws ProblemException with LIMIT for every limit that stands in the way. What does not grow
   *     is never in the way, even where more is used than is allowed
   */
  synchronized void check(DesiredGraph graph) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Use> after = new HashMap<>(uses);
    after.put(graph.id(), Use.of(graph));
    limits.stream()
        .filter(limit -> isFor(limit, graph.id()))
        .forEach(limit -> problems.addAll(excess(limit, after)));
    reservations.refusal(graph).ifPresent(problems::add);
    problems.addAll(meetings.refusals(graph));
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  /**
   * Takes what the graph needs to become like this, or nothing; to be settled or forgotten when the
   * change is over.
   *
   * @throws ProblemException as {@link #check} does
   */
  synchronized void take(DesiredGraph graph) {
    check(graph);
    uses.merge(graph.id(), Use.of(graph), Use::most);
    reservations.take(graph);
    meetings.take(graph);
  }

  /** The graph has this and nothing else, whatever the limits say. */
  synchronized void settle(DesiredGraph graph) {
    uses.put(graph.id(), Use.of(graph));
    reservations.settle(graph);
    meetings.settle(graph);
  }

  /** There is no such graph any more. */
  synchronized void forget(String graph) {
    uses.remove(graph);
    reservations.forget(graph);
    meetings.forget(graph);
  }

  private List<Problem> excess(Limit limit, Map<String, Use> next) {
    Use.Total before = total(limit, uses);
    Use.Total after = total(limit, next);
    List<Problem> problems = new ArrayList<>();
    for (Use.Measure measure : Use.Measure.values()) {
      long most = measure.most(limit);
      long asked = measure.of(after);
      if (asked > most && asked > measure.of(before)) {
        problems.add(problem(limit, measure, measure.of(before), asked));
      }
    }
    return problems;
  }

  private static Problem problem(Limit limit, Use.Measure measure, long used, long asked) {
    String detail =
        "the limit of %d %s for graphs \"%s\" is in the way: %d are used, and it would be %d"
            .formatted(measure.most(limit), measure, limit.graphs(), used, asked);
    return Problem.of(Problem.Code.LIMIT, detail)
        .next("delete or shrink one of these graphs, or raise the limit in the configuration");
  }

  private boolean isFor(Limit limit, String graph) {
    return limit.isFor(graph, groups.apply(graph));
  }

  private Use.Total total(Limit limit, Map<String, Use> all) {
    return Use.total(
        all.entrySet().stream()
            .filter(use -> isFor(limit, use.getKey()))
            .map(Map.Entry::getValue)
            .toList());
  }
}
