package org.universalnode.node.choice;

import java.util.Optional;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.node.store.Placement;

/**
 * What was promised to an instance. What it has in use is learned while it runs; where that counts
 * instead of a guess, the promise follows it.
 *
 * @param promised where nothing is learned
 * @param whole whether all of it is the instance's, used or not
 * @param mostMegabytes of memory that it can use
 */
public record Holding(Placement placement, Amounts promised, boolean whole, long mostMegabytes) {

  /** What nobody else can be given. */
  public Amounts reserved(Learned learned) {
    if (whole) {
      return promised;
    }
    long memory = learned.memoryMegabytes(placement).orElse(promised.memory());
    return new Amounts(Math.min(memory, mostMegabytes), promised.hugepages(), promised.disk());
  }

  /** Memory of that which it does not have in use yet, as far as is known. */
  public long unusedMegabytes(Learned learned) {
    long used = learned.memoryMegabytes(placement).orElse(0);
    return Math.max(0, reserved(learned).memory() - used);
  }

  /** Of the instance that it shares with other graphs. */
  public Optional<String> shared() {
    return placement.shared();
  }
}
