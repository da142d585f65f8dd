package org.universalnode.switching.ebpf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.universalnode.switching.SwitchRule;

/**
 * Numbers whose order is the deciding order of rules, and which stay what they are when other rules
 * come and go: between the numbers of two rules there is room.
 */
final class Ranks {
  /** Room for the rules of one priority, in bits; the priority's 16 are above it. */
  private static final int ROOM = 47;

  /** Where nothing follows. */
  private static final long USUAL_STEP = 1L << 28;

  private static final int HIGHEST_PRIORITY = 65535;

  private final List<SwitchRule> ordered;
  private final long[] ranks;
  private int done;

  private Ranks(List<SwitchRule> ordered) {
    this.ordered = ordered;
    this.ranks = new long[ordered.size()];
  }

  /**
   * Gives every rule a rank.
   *
   * @param ordered the deciding rule first
   * @param known the ranks that rules have already, in the same order
   * @return nothing if there is no room left between two of those
   */
  static Optional<long[]> of(List<SwitchRule> ordered, Function<SwitchRule, OptionalLong> known) {
    return new Ranks(ordered).number(known);
  }

  private Optional<long[]> number(Function<SwitchRule, OptionalLong> known) {
    for (int i = 0; i < ranks.length; i++) {
      OptionalLong rank = known.apply(ordered.get(i));
      boolean last = i > done && priority(i) != priority(done);
      if (last && !fill(i, end(i - 1))) {
        return Optional.empty();
      }
      if (rank.isPresent()) {
        ranks[i] = rank.getAsLong();
        if (!fill(i, ranks[i])) {
          return Optional.empty();
        }
        done = i + 1;
      }
    }
    boolean enough = done == ranks.length || fill(ranks.length, end(ranks.length - 1));
    return enough ? Optional.of(ranks) : Optional.empty();
  }

  /** Numbers the rules from {@code done} to there, all of one priority, below a rank. */
  private boolean fill(int to, long below) {
    if (done == to) {
      return true;
    }
    boolean first = done == 0 || priority(done - 1) != priority(done);
    boolean last = below == end(done);
    long above = first ? begin(done) : ranks[done - 1];
    if (first && last) {
      above += 1L << (ROOM - 1); // so that rules may come before and after
    }
    long step = (below - above) / (to - done + 1);
    if (first || last) {
      step = Math.min(step, USUAL_STEP); // what is left is for more of them
    }
    long rank = first && !last ? below - step * (to - done + 1) : above;
    while (done < to) {
      rank += step;
      ranks[done++] = rank;
    }
    return step > 0;
  }

  private int priority(int index) {
    return ordered.get(index).priority();
  }

  private long begin(int index) {
    return (long) (HIGHEST_PRIORITY - priority(index)) << ROOM;
  }

  private long end(int index) {
    return begin(index) + (1L << ROOM);
  }
}
