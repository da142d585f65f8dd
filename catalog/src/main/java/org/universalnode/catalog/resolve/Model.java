package org.universalnode.catalog.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A question in numbers. Functions are counted in the order of the search, candidates of a function
 * in the order of their names; those that can't be used are not counted.
 */
final class Model {
  private final Question question;
  private final List<Need> needs;
  private final List<List<Candidate>> candidates = new ArrayList<>();
  private final List<List<Edge>> edges = new ArrayList<>();
  private final long[][] alone;
  private final long[][][] demands;
  private final int[][] keys;
  private final long[] free = new long[Resource.TAKEN.size()];
  private final long[] cores;
  private final int keyCount;

  /** The paths between a function and one before it, by what both have. */
  static final class Edge {
    private final int before;
    private final long[][] costs;

    private Edge(int before, int choicesBefore, int choices) {
      this.before = before;
      this.costs = new long[choicesBefore][choices];
    }

    int before() {
      return before;
    }

    long cost(int choiceBefore, int choice) {
      return costs[choiceBefore][choice];
    }

    /** Whatever the function before has. */
    long least(int choice) {
      long least = Long.MAX_VALUE;
      for (long[] row : costs) {
        least = Math.min(least, row[choice]);
      }
      return least;
    }

    private void add(int choiceBefore, int choice, long cost) {
      costs[choiceBefore][choice] += cost;
    }
  }

  Model(Question question, Predicate<Candidate> usable) {
    this.question = question;
    this.needs = SearchOrder.of(question);
    needs.forEach(one -> candidates.add(one.candidates().stream().filter(usable).toList()));
    this.alone = new long[size()][];
    this.demands = new long[size()][][];
    this.keys = new int[size()][];
    Map<String, Integer> numbers = new HashMap<>();
    for (int function = 0; function < size(); function++) {
      edges.add(new ArrayList<>());
      fill(function, numbers);
    }
    this.keyCount = numbers.size();
    for (int i = 0; i < free.length; i++) {
      free[i] = Math.max(0, question.free().of(Resource.TAKEN.get(i)));
    }
    this.cores = new long[question.loads().count() + 1];
    for (int wanted = 1; wanted < cores.length; wanted++) {
      cores[wanted] = CostModel.cores(question.loads(), wanted);
    }
    addLinks();
  }

  int size() {
    return needs.size();
  }

  Need need(int function) {
    return needs.get(function);
  }

  int choices(int function) {
    return candidates.get(function).size();
  }

  Candidate candidate(int function, int choice) {
    return candidates.get(function).get(choice);
  }

  /** What a candidate costs whatever the other functions have. */
  long alone(int function, int choice) {
    return alone[function][choice];
  }

  long demand(int function, int choice, int resource) {
    return demands[function][choice][resource];
  }

  /** Number of what it shares with others of the graph; -1 if it does not. */
  int key(int function, int choice) {
    return keys[function][choice];
  }

  int keys() {
    return keyCount;
  }

  long free(int resource) {
    return free[resource];
  }

  /** What it costs that the graph is bound to so many cores; nothing before there is a function. */
  long cores(int wanted) {
    return cores[wanted];
  }

  int wanted(int function, int choice) {
    return candidate(function, choice).cores();
  }

  List<Edge> edges(int function) {
    return edges.get(function);
  }

  /** Of the paths of one function with its neighbours. */
  long paths(int function, int[] choices) {
    long cost =
        alone(function, choices[function])
            - CostModel.of(need(function), candidate(function, choices[function])).total();
    for (int later = function; later < size(); later++) {
      for (Edge edge : edges(later)) {
        if (later == function || edge.before() == function) {
          cost += edge.cost(choices[edge.before()], choices[later]);
        }
      }
    }
    return cost;
  }

  int wanted(int[] choices) {
    int most = 0;
    for (int function = 0; function < choices.length; function++) {
      most = Math.max(most, wanted(function, choices[function]));
    }
    return most;
  }

  long cost(int[] choices) {
    long cost = cores(wanted(choices));
    for (int function = 0; function < size(); function++) {
      cost += alone(function, choices[function]);
      for (Edge edge : edges(function)) {
        cost += edge.cost(choices[edge.before()], choices[function]);
      }
    }
    return cost;
  }

  /** Of each resource, what an assignment takes away. */
  long[] taken(int[] choices) {
    long[] taken = new long[free.length];
    boolean[] had = new boolean[keyCount];
    for (int function = 0; function < choices.length; function++) {
      int key = key(function, choices[function]);
      if (key < 0 || !had[key]) {
        add(demands[function][choices[function]], taken);
      }
      if (key >= 0) {
        had[key] = true;
      }
    }
    return taken;
  }

  private static void add(long[] some, long[] all) {
    for (int resource = 0; resource < all.length; resource++) {
      all[resource] += some[resource];
    }
  }

  private void fill(int function, Map<String, Integer> numbers) {
    int count = choices(function);
    alone[function] = new long[count];
    demands[function] = new long[count][];
    keys[function] = new int[count];
    for (int choice = 0; choice < count; choice++) {
      Candidate candidate = candidate(function, choice);
      alone[function][choice] = CostModel.of(need(function), candidate).total();
      demands[function][choice] =
          Resource.TAKEN.stream().mapToLong(candidate.demand()::of).toArray();
      keys[function][choice] =
          candidate
              .shared()
              .map(name -> numbers.computeIfAbsent(name, _ -> numbers.size()))
              .orElse(-1);
    }
  }

  private void addLinks() {
    Map<String, Integer> places = new HashMap<>();
    for (int function = 0; function < size(); function++) {
      places.put(need(function).function(), function);
    }
    for (Link link : question.links()) {
      Integer one = places.get(link.one().function());
      Integer other = link.other().map(port -> places.get(port.function())).orElse(one);
      if (one != null && other != null) {
        addLink(link, one, other);
      }
    }
  }

  private void addLink(Link link, int one, int other) {
    if (one == other) {
      for (int choice = 0; choice < choices(one); choice++) {
        alone[one][choice] += path(link, candidate(one, choice), candidate(one, choice));
      }
      return;
    }
    int before = Math.min(one, other);
    int later = Math.max(one, other);
    Edge edge = edge(before, later);
    for (int first = 0; first < choices(before); first++) {
      for (int second = 0; second < choices(later); second++) {
        Candidate left = candidate(one, one == before ? first : second);
        Candidate right = candidate(other, one == before ? second : first);
        edge.add(first, second, path(link, left, right));
      }
    }
  }

  private Edge edge(int before, int later) {
    return edges.get(later).stream()
        .filter(edge -> edge.before() == before)
        .findFirst()
        .orElseGet(
            () -> {
              Edge edge = new Edge(before, choices(before), choices(later));
              edges.get(later).add(edge);
              return edge;
            });
  }

  private static long path(Link link, Candidate one, Candidate other) {
    Wiring wiring = one.wiring(link.one().label());
    return link.other()
        .map(port -> CostModel.path(wiring, other.wiring(port.label())))
        .orElseGet(() -> CostModel.path(wiring));
  }
}
