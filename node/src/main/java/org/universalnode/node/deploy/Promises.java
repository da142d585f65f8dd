package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.compute.InstanceId;
import org.universalnode.node.choice.Holding;
import org.universalnode.node.choice.Learned;

/**
 * What was promised to one graph. Its sum is kept until something else is learned: a node that has
 * hundreds of graphs asks for all sums whenever one graph comes. For one thread.
 */
final class Promises {
  private final Map<InstanceId, Holding> all;
  private final List<Holding> shared;
  private Optional<Sum> last = Optional.empty();

  /**
   * Of the instances that are the graph's alone.
   *
   * @param unusedMegabytes of memory that they do not use yet
   * @param edition of what was learned
   */
  record Sum(Amounts reserved, long unusedMegabytes, long edition) {}

  private Promises(Map<InstanceId, Holding> all) {
    this.all = Map.copyOf(all);
    this.shared = all.values().stream().filter(one -> one.shared().isPresent()).toList();
  }

  static Promises of(Map<InstanceId, Holding> all) {
    return new Promises(all);
  }

  /** Both; what both have is as the other says. */
  Promises and(Promises other) {
    Map<InstanceId, Holding> both = new HashMap<>(all);
    both.putAll(other.all);
    return new Promises(both);
  }

  /** Parts of instances that other graphs may have, too. */
  List<Holding> shared() {
    return shared;
  }

  Sum own(Learned learned) {
    long edition = learned.edition();
    Sum sum =
        last.filter(known -> known.edition() == edition).orElseGet(() -> sum(learned, edition));
    last = Optional.of(sum);
    return sum;
  }

  private Sum sum(Learned learned, long edition) {
    Amounts reserved = Amounts.NONE;
    long unused = 0;
    for (Holding holding : all.values()) {
      if (holding.shared().isEmpty()) {
        reserved = reserved.plus(holding.reserved(learned));
        unused += holding.unusedMegabytes(learned);
      }
    }
    return new Sum(reserved, unused, edition);
  }
}
