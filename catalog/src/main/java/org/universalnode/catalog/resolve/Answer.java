package org.universalnode.catalog.resolve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;

/** What the resolver says to a question. */
public sealed interface Answer {

  /**
   * An implementation for each function.
   *
   * @param chosen names of candidates, by function
   * @param cores on which the graph's functions run
   * @param cost in points
   * @param proven whether no other assignment costs less; if not, the search was ended
   * @param verdicts on all candidates by name, by function
   */
  record Found(
      Map<String, String> chosen,
      SortedSet<Integer> cores,
      long cost,
      boolean proven,
      Map<String, Map<String, Verdict>> verdicts)
      implements Answer {

    public Found {
      chosen = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
      cores = java.util.Collections.unmodifiableSortedSet(cores);
      verdicts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    }
  }

  /**
   * No assignment keeps within what is free.
   *
   * @param function the one that finds nothing even alone; empty if it is all of them together
   * @param shortage what is missing most in the assignment that misses least
   */
  record Refused(String function, Shortage shortage) implements Answer {}
}
