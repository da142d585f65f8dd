package org.universalnode.catalog.resolve;

import java.util.Map;
import java.util.Optional;

/**
 * An implementation that may be taken for a function: all that is no question of cost or amount
 * speaks for it.
 *
 * @param name unique among those of a function
 * @param demand what it takes away
 * @param cores how many it runs on at the same time, at least 1
 * @param wiring of its ports by their labels; those that are not named are {@link Wiring#VETH}
 * @param shared what several functions of a graph would have in common, so that it is taken away
 *     once; empty for an instance of its own
 */
public record Candidate(
    String name,
    Amounts demand,
    int cores,
    Figures figures,
    Map<String, Wiring> wiring,
    Optional<String> shared) {

  public Candidate {
    wiring = Map.copyOf(wiring);
  }

  Wiring wiring(String label) {
    return wiring.getOrDefault(label, Wiring.VETH);
  }
}
