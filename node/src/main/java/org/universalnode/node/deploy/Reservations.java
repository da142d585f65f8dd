package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Map<String, Promises> held = new HashMap<>();

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
    Amounts own = reserved(own(graph));
    Amounts reserved = reserved(others(graph));
    MachineAmounts now = machine.get();
    Amounts unused = new Amounts(unused(others(graph)), 0, reserved.disk());
    Amounts promised = now.total().minus(reserved);
    Amounts used = new Amounts(own.memory() - unused(own(graph)), own.hugepages(), 0);
    Amounts real = now.available().minus(unused).plus(used);
    long more = now.total().memory() * (percent - WHOLE) / WHOLE;
    return promised.least(real).plus(new Amounts(more, 0, 0)).most(own);
  }

  /** Templates of which an instance serves others than that graph. */
  Set<String> served(String graph) {
    return others(graph)
        .flatMap(other -> other.shared().stream())
        .map(holding -> holding.placement().template())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What stands in the way of the graph's becoming like this, since others were promised it. */
  Optional<Problem> refusal(DesiredGraph graph) {
    Set<String> there =
        others(graph.id())
            .flatMap(other -> other.shared().stream())
            .flatMap(holding -> holding.shared().stream())
            .collect(Collectors.toUnmodifiableSet());
    Map<InstanceId, Holding> fresh = holdings(graph);
    fresh.values().removeIf(holding -> holding.shared().filter(there::contains).isPresent());
    Amounts needed = reserved(Stream.of(Promises.of(fresh)));
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
    held.merge(graph.id(), Promises.of(holdings(graph)), Promises::and);
  }

  /** And nothing else. */
  void settle(DesiredGraph graph) {
    held.put(graph.id(), Promises.of(holdings(graph)));
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

  private Stream<Promises> own(String graph) {
    return Stream.ofNullable(held.get(graph));
  }

  private Stream<Promises> others(String graph) {
    Promises own = held.get(graph);
    return held.values().stream().filter(other -> other != own);
  }

  /** Of several graphs' parts of one instance, one counts. */
  private Amounts reserved(Stream<Promises> graphs) {
    Amounts sum = Amounts.NONE;
    Map<String, Amounts> shared = new HashMap<>();
    for (Promises each : (Iterable<Promises>) graphs::iterator) {
      sum = sum.plus(each.own(demands.learned()).reserved());
      for (Holding part : each.shared()) {
        shared.merge(part.shared().orElseThrow(), part.reserved(demands.learned()), Amounts::most);
      }
    }
    for (Amounts one : shared.values()) {
      sum = sum.plus(one);
    }
    return sum;
  }

  /** As above, of the memory in MiB that they do not use yet. */
  private long unused(Stream<Promises> graphs) {
    long sum = 0;
    Map<String, Long> shared = new HashMap<>();
    for (Promises each : (Iterable<Promises>) graphs::iterator) {
      sum += each.own(demands.learned()).unusedMegabytes();
      for (Holding part : each.shared()) {
        shared.merge(
            part.shared().orElseThrow(), part.unusedMegabytes(demands.learned()), Math::max);
      }
    }
    return sum + shared.values().stream().mapToLong(one -> one).sum();
  }
}
