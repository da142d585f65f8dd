package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.problem.Problem;
import org.universalnode.switching.SwitchRule;

/**
 * The rules of one in-port, grouped by the bits they look at.
 *
 * @param tuples best rank first
 * @param otherwise the first rule that matches everything
 */
record TupleSpace(List<Tuple> tuples, Optional<Entry> otherwise) {
  /** MOST_TUPLES of the data plane. */
  static final int MOST_TUPLES = 32;

  /** NARROW of the data plane. */
  private static final int NARROW = 4;

  /**
   * Rules of one mask.
   *
   * @param words the numbers of the words that the mask looks at
   * @param bestRank the least rank among them
   */
  record Tuple(ByteBuffer mask, List<Integer> words, int bestRank, List<Entry> entries) {
    /** Whether its rules need the longer kind of key. */
    boolean isWide() {
      return words.size() > NARROW;
    }
  }

  /**
   * One rule.
   *
   * @param rank position in the deciding order of the in-port
   */
  record Entry(ByteBuffer value, int rank, SwitchRule rule) {}

  /** Groups rules in any order. Two with the same match: only the deciding one is kept. */
  static TupleSpace of(List<SwitchRule> rules) {
    List<SwitchRule> ordered = rules.stream().sorted(SwitchRule.DECIDING_ORDER).toList();
    Map<ByteBuffer, List<Entry>> byMask = new LinkedHashMap<>();
    Map<ByteBuffer, Set<ByteBuffer>> seen = new HashMap<>();
    for (int rank = 0; rank < ordered.size(); rank++) {
      HeaderBits bits = HeaderBits.of(ordered.get(rank).match());
      if (seen.computeIfAbsent(bits.mask(), mask -> new HashSet<>()).add(bits.value())) {
        byMask
            .computeIfAbsent(bits.mask(), mask -> new ArrayList<>())
            .add(new Entry(bits.value(), rank, ordered.get(rank)));
      }
      if (HeaderBits.words(bits.mask()).isEmpty()) {
        break; // no rule after it ever decides
      }
    }
    List<Entry> everything = byMask.remove(ByteBuffer.allocate(HeaderBits.BYTES));
    requireFewTuples(byMask.size());
    List<Tuple> tuples = new ArrayList<>();
    byMask.forEach(
        (mask, entries) ->
            tuples.add(
                new Tuple(mask, HeaderBits.words(mask), entries.getFirst().rank(), entries)));
    return new TupleSpace(List.copyOf(tuples), Optional.ofNullable(everything).map(List::getFirst));
  }

  boolean isEmpty() {
    return tuples.isEmpty() && otherwise.isEmpty();
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
