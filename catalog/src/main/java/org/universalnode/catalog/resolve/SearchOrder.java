package org.universalnode.catalog.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The order in which functions are decided: along links, from an end of a chain, so that a function
 * mostly follows its neighbour. It depends on ids and links, not on how the question lists them.
 */
final class SearchOrder {
  private final Map<String, Need> needs = new TreeMap<>();
  private final Map<String, Set<String>> neighbours = new TreeMap<>();
  private final Set<String> seen = new TreeSet<>();
  private final List<Need> order = new ArrayList<>();

  private SearchOrder(Question question) {
    question.needs().forEach(need -> needs.put(need.function(), need));
    needs.keySet().forEach(function -> neighbours.put(function, new TreeSet<>()));
    for (Link link : question.links()) {
      link.other().ifPresent(other -> join(link.one().function(), other.function()));
    }
  }

  static List<Need> of(Question question) {
    SearchOrder order = new SearchOrder(question);
    order.neighbours.forEach(
        (function, around) -> {
          if (around.size() == 1) {
            order.follow(function);
          }
        });
    order.needs.keySet().forEach(order::follow);
    return order.order;
  }

  private void join(String one, String other) {
    if (!one.equals(other)) {
      around(one).add(other);
      around(other).add(one);
    }
  }

  private Set<String> around(String function) {
    return neighbours.getOrDefault(function, new TreeSet<>());
  }

  /** Depth first, without a call for each function: there may be thousands. */
  private void follow(String first) {
    List<String> next = new ArrayList<>(List.of(first));
    while (!next.isEmpty()) {
      String function = next.removeLast();
      Need need = needs.get(function);
      if (need != null && seen.add(function)) {
        order.add(need);
        next.addAll(new TreeSet<>(around(function)).descendingSet());
      }
    }
  }
}
