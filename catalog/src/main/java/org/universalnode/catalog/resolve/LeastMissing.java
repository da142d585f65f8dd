package org.universalnode.catalog.resolve;

/**
 * The assignment of which least is missing, for a graph that is too large for its machine. The
 * search is ended like {@link Search}; what it knows by then is near enough to say what to do.
 */
final class LeastMissing {
  private final Model model;
  private final Ledger ledger;
  private final int[] choices;
  private final int[] best;
  private final int most;
  private long least = Long.MAX_VALUE;
  private int visited;

  LeastMissing(Model model, int most) {
    this.model = model;
    this.ledger = new Ledger(model);
    this.choices = new int[model.size()];
    this.best = new int[model.size()];
    this.most = most;
  }

  int[] run() {
    visit(0);
    return best.clone();
  }

  private void visit(int function) {
    if (function == model.size()) {
      least = ledger.missing(function - 1);
      System.arraycopy(choices, 0, best, 0, best.length);
      return;
    }
    long[] missing = missing(function);
    for (int count = 0; count < missing.length && !isOver(); count++) {
      int choice = leastOf(missing);
      if (missing[choice] >= least) {
        return;
      }
      missing[choice] = Long.MAX_VALUE;
      choices[function] = choice;
      visited++;
      ledger.take(function, choice);
      visit(function + 1);
      ledger.giveBack(function, choice);
    }
  }

  /** The first assignment is always found. */
  private boolean isOver() {
    return least != Long.MAX_VALUE && visited >= most;
  }

  private long[] missing(int function) {
    long[] missing = new long[model.choices(function)];
    for (int choice = 0; choice < missing.length; choice++) {
      ledger.take(function, choice);
      missing[choice] = ledger.missing(function);
      ledger.giveBack(function, choice);
    }
    return missing;
  }

  private static int leastOf(long[] missing) {
    int least = 0;
    for (int choice = 1; choice < missing.length; choice++) {
      least = missing[choice] < missing[least] ? choice : least;
    }
    return least;
  }
}
