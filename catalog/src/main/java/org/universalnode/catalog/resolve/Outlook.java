package org.universalnode.catalog.resolve;

/**
 * The least that the functions after one can cost. Paths to the function before are counted
 * exactly, paths to others as the cheapest; what is taken away beyond what is free is charged at a
 * price of each resource instead of being forbidden (a Lagrangian bound), so no assignment that
 * keeps within it costs less than is said here.
 */
final class Outlook {
  private static final long HIGHEST_PRICE = 1L << 20;
  private static final int ROUNDS = 2;

  private final Model model;
  private final long[] prices;
  private final long[][] after;

  private Outlook(Model model, long[] prices) {
    this.model = model;
    this.prices = prices;
    this.after = new long[model.size()][];
    for (int function = model.size() - 1; function >= 0; function--) {
      after[function] = new long[model.choices(function)];
      for (int choice = 0; choice < after[function].length; choice++) {
        after[function][choice] = function == model.size() - 1 ? 0 : rest(function, choice);
      }
    }
  }

  /** One in which resources cost nothing. */
  static Outlook free(Model model) {
    return new Outlook(model, new long[Resource.TAKEN.size()]);
  }

  /** The one with those prices of resources with which the whole graph seems to cost most. */
  static Outlook scarce(Model model) {
    long[] prices = new long[Resource.TAKEN.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int resource = 0; resource < prices.length; resource++) {
        if (canRunOut(model, resource)) {
          prices[resource] = best(model, prices, resource);
        }
      }
    }
    return new Outlook(model, prices);
  }

  /**
   * The least that all functions cost after a choice was made.
   *
   * @param cost of the functions up to that one
   * @param taken by those
   */
  long bound(int function, int choice, long cost, long[] taken) {
    long bound = cost + after[function][choice];
    for (int resource = 0; resource < prices.length; resource++) {
      bound -= prices[resource] * (model.free(resource) - taken[resource]);
    }
    return bound;
  }

  private static boolean canRunOut(Model model, int resource) {
    long all = 0;
    for (int function = 0; function < model.size(); function++) {
      long most = 0;
      for (int choice = 0; choice < model.choices(function); choice++) {
        most = Math.max(most, model.demand(function, choice, resource));
      }
      all += most;
    }
    return all > model.free(resource);
  }

  /** The bound rises with the price up to somewhere and falls from there on. */
  private static long best(Model model, long[] prices, int resource) {
    long low = 0;
    long high = HIGHEST_PRICE;
    while (low < high) {
      long middle = (low + high) / 2;
      if (whole(model, prices, resource, middle) < whole(model, prices, resource, middle + 1)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long whole(Model model, long[] prices, int resource, long price) {
    long[] tried = prices.clone();
    tried[resource] = price;
    Outlook outlook = new Outlook(model, tried);
    long least = Long.MAX_VALUE;
    for (int choice = 0; choice < model.choices(0); choice++) {
      least = Math.min(least, outlook.here(0, choice) + outlook.after[0][choice]);
    }
    return least - tried[resource] * model.free(resource);
  }

  private long rest(int function, int choice) {
    long least = Long.MAX_VALUE;
    int next = function + 1;
    for (int other = 0; other < model.choices(next); other++) {
      long cost = here(next, other) + after[next][other];
      for (Model.Edge edge : model.edges(next)) {
        cost += edge.before() == function ? edge.cost(choice, other) : 0;
      }
      least = Math.min(least, cost);
    }
    return least;
  }

  /** Of a choice alone, with the cheapest paths to all but the function just before. */
  private long here(int function, int choice) {
    long cost = model.alone(function, choice);
    boolean shared = model.key(function, choice) >= 0;
    for (int resource = 0; resource < prices.length; resource++) {
      cost += shared ? 0 : prices[resource] * model.demand(function, choice, resource);
    }
    for (Model.Edge edge : model.edges(function)) {
      cost += edge.before() == function - 1 ? 0 : edge.least(choice);
    }
    return cost;
  }
}
