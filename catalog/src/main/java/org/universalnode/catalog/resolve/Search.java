package org.universalnode.catalog.resolve;

import java.util.Optional;

/**
 * Branch and bound: functions one after the other, the most promising candidate first, and nothing
 * that can't be better than the best known. Of assignments with the same cost the one is taken
 * whose candidates come first by name.
 */
final class Search {
  private final Model model;
  private final Outlook free;
  private final Outlook scarce;
  private final Ledger ledger;
  private final int[] choices;
  private final int most;
  private Optional<int[]> best = Optional.empty();
  private long bestCost = Long.MAX_VALUE;
  private int visited;

  /**
   * A search that is ended after so many choices.
   *
   * @param most bounds its time, whatever machine it runs on
   */
  Search(Model model, int most) {
    this.model = model;
    this.free = Outlook.free(model);
    this.scarce = Outlook.scarce(model);
    this.ledger = new Ledger(model);
    this.choices = new int[model.size()];
    this.most = most;
  }

  /** The best assignment, if any was found. */
  Optional<int[]> run() {
    visit(0, 0, 1);
    return best;
  }

  /** Whether nothing was left out. */
  boolean isWhole() {
    return visited < most;
  }

  private void visit(int function, long cost, int cores) {
    if (function == model.size()) {
      bestCost = cost + model.cores(cores);
      best = Optional.of(choices.clone());
      return;
    }
    long[] bounds = bounds(function, cost, cores);
    for (int count = 0; count < bounds.length && isWhole(); count++) {
      int choice = leastOf(bounds);
      long bound = bounds[choice];
      bounds[choice] = Long.MAX_VALUE;
      if (bound == Long.MAX_VALUE || bound > bestCost) {
        return;
      }
      choices[function] = choice;
      if (bound < bestCost || comesFirst(function)) {
        visited++;
        ledger.take(function, choice);
        visit(function + 1, cost(function, cost), Math.max(cores, model.wanted(function, choice)));
        ledger.giveBack(function, choice);
      }
    }
  }

  /** Of each choice, the least that the graph costs with it; the greatest number if it can't be. */
  private long[] bounds(int function, long cost, int cores) {
    long[] bounds = new long[model.choices(function)];
    for (int choice = 0; choice < bounds.length; choice++) {
      choices[function] = choice;
      ledger.take(function, choice);
      bounds[choice] =
          ledger.missing(function) > 0
              ? Long.MAX_VALUE
              : bound(function, cost(function, cost))
                  + model.cores(Math.max(cores, model.wanted(function, choice)));
      ledger.giveBack(function, choice);
    }
    return bounds;
  }

  private long bound(int function, long cost) {
    int choice = choices[function];
    return Math.max(
        free.bound(function, choice, cost, ledger.taken()),
        scarce.bound(function, choice, cost, ledger.taken()));
  }

  private long cost(int function, long before) {
    int choice = choices[function];
    long cost = before + model.alone(function, choice);
    for (Model.Edge edge : model.edges(function)) {
      cost += edge.cost(choices[edge.before()], choice);
    }
    return cost;
  }

  private static int leastOf(long[] bounds) {
    int least = 0;
    for (int choice = 1; choice < bounds.length; choice++) {
      least = bounds[choice] < bounds[least] ? choice : least;
    }
    return least;
  }

  /** Whether what begins like the choices so far may come before the best known. */
  private boolean comesFirst(int function) {
    if (best.isEmpty()) {
      return true;
    }
    for (int i = 0; i <= function; i++) {
      int known = best.get()[i];
      if (choices[i] != known) {
        return choices[i] < known;
      }
    }
    return true;
  }
}
