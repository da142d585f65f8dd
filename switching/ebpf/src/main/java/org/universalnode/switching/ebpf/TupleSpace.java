package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.universalnode.problem.Problem;
import org.universalnode.switching.SwitchRule;

/**
 * The rules of one in-port, grouped by the bits they look at.
 *
 * @param tuples best rank first
 */
record TupleSpace(List<Tuple> tuples) {
  /** MOST_TUPLES of the data plane. */
  static final int MOST_TUPLES = 32;

  /** MOST_OUTPUTS of the data plane. */
  static final int MOST_OUTPUTS = 16;

  /**
   * Rules of one mask.
   *
   * @param bestRank the least rank among them
   */
  record Tuple(ByteBuffer mask, int bestRank, List<Entry> entries) {}

  /**
   * One rule.
   *
   * @param rank position in the deciding order of the in-port
   */
  record Entry(ByteBuffer value, int rank, List<Integer> outputs) {}

  /** Groups rules in any order. Two with the same match: only the deciding one is kept. */
  static TupleSpace of(List<SwitchRule> rules) {
    List<SwitchRule> ordered = rules.stream().sorted(SwitchRule.DECIDING_ORDER).toList();
    Map<ByteBuffer, List<Entry>> byMask = new LinkedHashMap<>();
    Map<ByteBuffer, Set<ByteBuffer>> seen = new HashMap<>();
    for (int rank = 0; rank < ordered.size(); rank++) {
      SwitchRule rule = ordered.get(rank);
      requireFewOutputs(rule);
      HeaderBits bits = HeaderBits.of(rule.match());
      if (seen.computeIfAbsent(bits.mask(), mask -> new HashSet<>()).add(bits.value())) {
        byMask
            .computeIfAbsent(bits.mask(), mask -> new ArrayList<>())
            .add(new Entry(bits.value(), rank, rule.outputs()));
      }
    }
    requireFewTuples(byMask.size());
    List<Tuple> tuples = new ArrayList<>();
    byMask.forEach(
        (mask, entries) -> tuples.add(new Tuple(mask, entries.getFirst().rank(), entries)));
    return new TupleSpace(List.copyOf(tuples));
  }

  private static void requireFewOutputs(SwitchRule rule) {
    if (rule.outputs().size() > MOST_OUTPUTS) {
      String detail =
          "rule "
              + rule.id()
              + " has "
              + rule.outputs().size()
              + " outputs, at most "
              + MOST_OUTPUTS
              + " are supported";
      throw Problem.of(Problem.Code.LIMIT, detail).next("send to fewer ports").asException();
    }
  }

  private static void requireFewTuples(int masks) {
    if (masks > MOST_TUPLES) {
      String detail =
          "the rules of one port look at "
              + masks
              + " different combinations of header fields, at"
              + " most "
              + MOST_TUPLES
              + " are supported";
      throw Problem.of(Problem.Code.LIMIT, detail)
          .next("use the same fields and prefix lengths in more rules")
          .asException();
    }
  }
}
