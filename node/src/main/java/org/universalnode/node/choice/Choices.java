package org.universalnode.node.choice;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.universalnode.catalog.resolve.Price;

/**
 * Why a graph has the implementations that it has.
 *
 * @param cost in points; see docs/resolver.md
 * @param proven whether nothing that costs less could be had
 * @param cores on which its functions would run if it were new
 * @param functions in the order of the graph
 */
public record Choices(long cost, boolean proven, Set<Integer> cores, List<Choice> functions) {
  /** Where nobody had a choice. */
  public static final Choices NONE = new Choices(0, true, Set.of(), List.of());

  /**
   * Of one function.
   *
   * @param chosen name of a template
   * @param options all that could have been chosen, by name
   */
  public record Choice(String function, String chosen, List<Option> options) {
    public Choice {
      options = List.copyOf(options);
    }
  }

  /**
   * One implementation.
   *
   * @param type how it is implemented
   * @param price of it, the other functions having what they have; empty if it can't be taken
   * @param refusal why not; empty if it can
   */
  public record Option(String template, String type, Optional<Price> price, String refusal) {}

  public Choices {
    cores = java.util.Collections.unmodifiableSet(new TreeSet<>(cores));
    functions = List.copyOf(functions);
  }
}
