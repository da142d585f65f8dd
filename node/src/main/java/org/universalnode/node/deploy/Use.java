package org.universalnode.node.deploy;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.plan.DesiredGraph.PlacedFunction;

/**
 * What a graph uses of that which is limited.
 *
 * @param ownBytes memory that instances of its own may use
 * @param sharedBytes the same of each shared instance that serves it, by name
 */
record Use(int functions, int rules, long ownBytes, Map<String, Long> sharedBytes) {
  private static final int MEGABYTE_BITS = 20;

  /**
   * What several graphs use.
   *
   * @param megabytes of memory, begun ones counted whole
   */
  record Total(long graphs, long functions, long rules, long megabytes) {}

  /** What is limited. */
  enum Measure {
    GRAPHS,
    FUNCTIONS,
    RULES,
    MEGABYTES;

    long most(Limit limit) {
      return switch (this) {
        case GRAPHS -> limit.mostGraphs();
        case FUNCTIONS -> limit.mostFunctions();
        case RULES -> limit.mostRules();
        case MEGABYTES -> limit.mostMegabytes();
      };
    }

    long of(Total total) {
      return switch (this) {
        case GRAPHS -> total.graphs();
        case FUNCTIONS -> total.functions();
        case RULES -> total.rules();
        case MEGABYTES -> total.megabytes();
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Use {
    sharedBytes = Map.copyOf(sharedBytes);
  }

  static Use of(DesiredGraph graph) {
    long own = 0;
    Map<String, Long> shared = new HashMap<>();
    for (PlacedFunction function : graph.functions().values()) {
      long bytes = function.placement().containment().memoryBytes();
      if (function.placement().shared().isPresent()) {
        shared.merge(function.placement().shared().get(), bytes, Math::max);
      } else {
        own += bytes;
      }
    }
    return new Use(graph.functions().size(), graph.graph().rules().size(), own, shared);
  }

  /** Enough for this and for the other, though not for both at once. */
  Use most(Use other) {
    return new Use(
        Math.max(functions, other.functions),
        Math.max(rules, other.rules),
        Math.max(ownBytes, other.ownBytes),
        union(sharedBytes, other.sharedBytes));
  }

  static Total total(Collection<Use> uses) {
    long functions = 0;
    long rules = 0;
    long bytes = 0;
    Map<String, Long> shared = new HashMap<>();
    for (Use use : uses) {
      functions += use.functions;
      rules += use.rules;
      bytes += use.ownBytes;
      use.sharedBytes.forEach((name, some) -> shared.merge(name, some, Math::max));
    }
    bytes += shared.values().stream().mapToLong(Long::longValue).sum();
    long megabytes = (bytes + (1L << MEGABYTE_BITS) - 1) >> MEGABYTE_BITS;
    return new Total(uses.size(), functions, rules, megabytes);
  }

  private static Map<String, Long> union(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> union = new HashMap<>(one);
    other.forEach((name, bytes) -> union.merge(name, bytes, Math::max));
    return union;
  }
}
