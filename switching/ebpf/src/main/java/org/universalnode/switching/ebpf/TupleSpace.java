package org.universalnode.switching.ebpf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.universalnode.problem.Problem;
import org.universalnode.switching.SwitchRule;

/**
 * The rules of one in-port, grouped by the bits they look at.
 *
 * @param entries all rules by id, also those that never decide
 * @param tuples best rank first
 * @param otherwise the first rule that matches everything
 * @param lastTuple the greatest number that a tuple ever had
 */
record TupleSpace(
    Map<String, Entry> entries, List<Tuple> tuples, Optional<Entry> otherwise, int lastTuple) {
  /** MOST_TUPLES of the data plane. */
  static final int MOST_TUPLES = 32;

  /** NARROW of the data plane. */
  static final int NARROW = 4;

  static final TupleSpace NONE = new TupleSpace(Map.of(), List.of(), Optional.empty(), 0);

  /**
   * Rules of one mask.
   *
   * @param id stays the same as long as there are such rules
   * @param bestRank the least rank among them
   * @param entries by value
   */
  record Tuple(int id, HeaderImage mask, long bestRank, Map<HeaderImage, Entry> entries) {
    /** Whether its rules need the longer kind of key. */
    boolean isWide() {
      return mask.words().size() > NARROW;
    }
  }

  /**
   * One rule.
   *
   * @param rank its place in the deciding order of the in-port
   */
  record Entry(HeaderBits bits, long rank, SwitchRule rule) {}

  /** Groups rules in any order. Two with the same match: only the deciding one is in a tuple. */
  static TupleSpace of(List<SwitchRule> rules) {
    return NONE.changedTo(rules).orElseThrow();
  }

  /**
   * Other rules instead, of which those that stay keep their ranks and tuples.
   *
   * @return nothing if there is no room between ranks
   */
  Optional<TupleSpace> changedTo(List<SwitchRule> rules) {
    List<SwitchRule> ordered = rules.stream().sorted(SwitchRule.DECIDING_ORDER).toList();
    return Ranks.of(ordered, this::rank).map(ranks -> grouped(entries(ordered, ranks)));
  }

  private OptionalLong rank(SwitchRule rule) {
    Entry known = entries.get(rule.id());
    boolean same = known != null && known.rule().priority() == rule.priority();
    return same ? OptionalLong.of(Objects.requireNonNull(known).rank()) : OptionalLong.empty();
  }

  private List<Entry> entries(List<SwitchRule> ordered, long[] ranks) {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < ranks.length; i++) {
      SwitchRule rule = ordered.get(i);
      Entry known = entries.get(rule.id());
      boolean stays = known != null && known.rank() == ranks[i] && known.rule().equals(rule);
      all.add(stays ? known : new Entry(HeaderBits.of(rule.match()), ranks[i], rule));
    }
    return all;
  }

  private TupleSpace grouped(List<Entry> ordered) {
    Map<String, Entry> byId = HashMap.newHashMap(ordered.size());
    ordered.forEach(entry -> byId.put(entry.rule().id(), entry));
    Map<HeaderImage, Map<HeaderImage, Entry>> byMask = new LinkedHashMap<>();
    Optional<Entry> everything = Optional.empty();
    for (Entry entry : ordered) {
      if (entry.bits().mask().words().isEmpty()) {
        everything = Optional.of(entry);
        break; // no rule after it ever decides
      }
      byMask
          .computeIfAbsent(entry.bits().mask(), _ -> new LinkedHashMap<>())
          .putIfAbsent(entry.bits().value(), entry);
    }
    requireFewTuples(byMask.size());
    return numbered(byId, byMask, everything);
  }

  private TupleSpace numbered(
      Map<String, Entry> byId,
      Map<HeaderImage, Map<HeaderImage, Entry>> byMask,
      Optional<Entry> everything) {
    Map<HeaderImage, Integer> known = new HashMap<>();
    tuples.forEach(tuple -> known.put(tuple.mask(), tuple.id()));
    List<Tuple> numbered = new ArrayList<>();
    int last = lastTuple;
    for (Map.Entry<HeaderImage, Map<HeaderImage, Entry>> each : byMask.entrySet()) {
      HeaderImage mask = each.getKey();
      int id = known.containsKey(mask) ? known.get(mask) : ++last;
      long best = each.getValue().values().iterator().next().rank();
      numbered.add(new Tuple(id, mask, best, each.getValue()));
    }
    return new TupleSpace(byId, List.copyOf(numbered), everything, last);
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
