package org.universalnode.node.deploy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.catalog.resolve.Resource;
import org.universalnode.catalog.resolve.Shortage;
import org.universalnode.compute.InstanceId;
import org.universalnode.node.choice.Demands;
import org.universalnode.node.choice.Holding;
import org.universalnode.node.choice.Learned;
import org.universalnode.node.choice.MachineAmounts;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.problem.Problem;

/**
 * What was promised of the machine to the functions of all graphs, and what can still be promised.
 * Not for several threads by itself: {@link Quotas} guards it.
 */
public final class Reservations {
  private static final int WHOLE = RunningPolicy.DEFAULT_MEMORY_PERCENT;

  private final Supplier<MachineAmounts> machine;
  private final Demands demands;
  private final int percent;
  private final Map<String, Map<InstanceId, Holding>> held = new HashMap<>();

  /**
   * Nothing is promised yet.
   *
   * @param percent of the machine's memory that may be promised
   */
  public Reservations(Supplier<MachineAmounts> machine, Demands demands, int percent) {
    this.machine = machine;
    this.demands = demands;
    this.percent = percent;
  }

  /** On a machine that has plenty of everything. */
  static Reservations ofPlenty() {
    Demands demands = new Demands(Catalog.of(List.of()), Learned.nothing());
    return new Reservations(() -> MachineAmounts.PLENTY, demands, WHOLE);
  }

  /** What a graph may have: what nobody has, what it has itself, and never less than that. */
  Amounts free(String graph) {
    Collection<Holding> own = held.getOrDefault(graph, Map.of()).values();
    List<Holding> others = others(graph);
    MachineAmounts now = machine.get();
    Amounts reserved = reserved(others);
    Amounts unused = new Amounts(unused(others).memory(), 0, reserved.disk());
    Amounts promised = now.total().minus(reserved);
    Amounts real = now.available().minus(unused).plus(used(own));
    long more = now.total().memory() * (percent - WHOLE) / WHOLE;
    return promised.least(real).plus(new Amounts(more, 0, 0)).most(reserved(own));
  }

  /** Templates of which an instance serves others than that graph. */
  Set<String> served(String graph) {
    return others(graph).stream()
        .filter(holding -> holding.shared().isPresent())
        .map(holding -> holding.placement().template())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What stands in the way of the graph's becoming like this, since others were promised it. */
  Optional<Problem> refusal(DesiredGraph graph) {
    Set<String> there =
        others(graph.id()).stream()
            .flatMap(holding -> holding.shared().stream())
            .collect(Collectors.toUnmodifiableSet());
    Amounts needed =
        reserved(
            holdings(graph).values().stream()
                .filter(holding -> holding.shared().filter(there::contains).isEmpty())
                .toList());
    Amounts free = free(graph.id());
    return Stream.of(Resource.MEMORY, Resource.HUGEPAGES, Resource.DISK)
        .filter(resource -> needed.of(resource) > Math.max(0, free.of(resource)))
        .map(one -> new Shortage(one, needed.of(one), Math.max(0, free.of(one))))
        .findFirst()
        .map(shortage -> problem("the graph", shortage));
  }

  /** That so much is not there. */
  static Problem problem(String who, Shortage shortage) {
    String unit = shortage.resource().unit();
    String detail =
        "%s needs %d %s of %s, and %d are free: %d are missing"
            .formatted(
                who,
                shortage.needed(),
                unit,
                shortage.resource(),
                shortage.free(),
                shortage.missing());
    return Problem.of(Problem.Code.LIMIT, detail).next(remedy(shortage.resource()));
  }

  private static String remedy(Resource resource) {
    return switch (resource) {
      case MEMORY ->
          "delete graphs, or let the node promise more than there is: limits.memory-percent";
      case HUGEPAGES -> "delete graphs, or give the machine more: vm.nr_hugepages";
      case DISK -> "delete graphs, or make room on the disk of the node's folder of state";
      case CORES -> "name an implementation that wants fewer";
    };
  }

  /** Besides what it has. */
  void take(DesiredGraph graph) {
    held.computeIfAbsent(graph.id(), _ -> new HashMap<>()).putAll(holdings(graph));
  }

  /** And nothing else. */
  void settle(DesiredGraph graph) {
    held.put(graph.id(), holdings(graph));
  }

  void forget(String graph) {
    held.remove(graph);
  }

  private Map<InstanceId, Holding> holdings(DesiredGraph graph) {
    Map<InstanceId, Holding> holdings = new HashMap<>();
    graph
        .functions()
        .values()
        .forEach(one -> holdings.put(one.spec().id(), demands.holding(one.placement())));
    return holdings;
  }

  private List<Holding> others(String graph) {
    return held.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(graph))
        .flatMap(entry -> entry.getValue().values().stream())
        .toList();
  }

  /** What the graph's own instances have in use is not available, and still theirs. */
  private Amounts used(Collection<Holding> own) {
    Amounts all = reserved(own);
    return new Amounts(all.memory() - unused(own).memory(), all.hugepages(), 0);
  }

  private Amounts reserved(Collection<Holding> holdings) {
    return sum(holdings, one -> one.reserved(demands.learned()));
  }

  private Amounts unused(Collection<Holding> holdings) {
    return sum(holdings, one -> new Amounts(one.unusedMegabytes(demands.learned()), 0, 0));
  }

  /** Of several graphs' parts of one instance, one counts. */
  private static Amounts sum(Collection<Holding> holdings, Function<Holding, Amounts> part) {
    Amounts sum = Amounts.NONE;
    Map<String, Amounts> shared = new HashMap<>();
    for (Holding holding : holdings) {
      if (holding.shared().isPresent()) {
        shared.merge(holding.shared().get(), part.apply(holding), Amounts::most);
      } else {
        sum = sum.plus(part.apply(holding));
      }
    }
    for (Amounts one : shared.values()) {
      sum = sum.plus(one);
    }
    return sum;
  }
}
