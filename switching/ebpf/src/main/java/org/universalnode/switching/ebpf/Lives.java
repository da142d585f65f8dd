package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.universalnode.switching.ebpf.RuleWriter.Written;

/**
 * What the kernel has of one match: two rules, each with the generations of tables in which it
 * counts. One is changed while walks may look at the other.
 *
 * <p>The kernel writes a value byte after byte, so what walks see may be half written. A walk only
 * takes a rule whose life it is in. {@code NEVER} and {@code ALWAYS} have all bits set, so that
 * each byte of a half written {@code since} or {@code until} is between that of its generation and
 * that. So a life that begins or is taken back has no generation in it before its own, whatever is
 * written of it; but one that is over must not come back in the place of one that has begun.
 *
 * @param both in the order of the kernel's
 */
record Lives(List<Life> both) {
  /** Of struct bpf_spin_lock, and unused. */
  static final int LOCK_BYTES = 8;

  private static final int RULES_AT = LOCK_BYTES + 2 * 8;

  static final int BYTES = RULES_AT + 2 * RuleWriter.BYTES;

  private static final int NEVER = -1;
  private static final int ALWAYS = -1;
  private static final Life UNBORN =
      new Life(NEVER, 0, new Written(RuleWriter.none(), Optional.empty()));

  static final Lives NONE = new Lives(List.of(UNBORN, UNBORN));

  /**
   * A rule.
   *
   * @param since the first generation in which it counts
   * @param until the first in which it does not any more; both unsigned
   */
  record Life(int since, int until, Written rule) {
    boolean isAlive() {
      return since != NEVER && until == ALWAYS;
    }

    private boolean isOver(int settled) {
      return Integer.compareUnsigned(until, settled) <= 0;
    }
  }

  /**
   * Where a rule can be put.
   *
   * @param settled no walk is at an older generation
   */
  Optional<Integer> free(int settled) {
    return List.of(0, 1).stream().filter(index -> both.get(index).isOver(settled)).findFirst();
  }

  /** To come back to: what no walk looks at is not there. */
  Lives withoutThoseOver(int settled) {
    return new Lives(both.stream().map(life -> life.isOver(settled) ? UNBORN : life).toList());
  }

  /** The rule that is there counts no more from a generation on. */
  Lives ended(int generation) {
    return new Lives(
        both.stream()
            .map(life -> life.isAlive() ? new Life(life.since(), generation, life.rule()) : life)
            .toList());
  }

  /** With a rule written whose life has not begun. */
  Lives prepared(int index, Written rule) {
    return with(index, new Life(NEVER, both.get(index).until(), rule));
  }

  /** The prepared rule counts from a generation on, the other one no more. */
  Lives begun(int index, int generation) {
    return ended(generation).with(index, new Life(generation, ALWAYS, both.get(index).rule()));
  }

  List<Written> rulesNotIn(Lives other) {
    return both.stream()
        .map(Life::rule)
        .filter(rule -> other.both().stream().noneMatch(life -> life.rule().equals(rule)))
        .toList();
  }

  /** Where the counter of the one rule and that of the other are. */
  static int[] countersAt() {
    int first = RULES_AT + RuleWriter.COUNTER_AT;
    return new int[] {first, first + RuleWriter.BYTES};
  }

  /** As the data plane has it. */
  ByteBuffer put(ByteBuffer value) {
    value.position(LOCK_BYTES);
    both.forEach(life -> value.putInt(life.since()).putInt(life.until()));
    both.forEach(life -> value.put(life.rule().bytes().duplicate()));
    return value;
  }

  private Lives with(int index, Life life) {
    return new Lives(index == 0 ? List.of(life, both.get(1)) : List.of(both.get(0), life));
  }
}
