package org.universalnode.catalog.resolve;

/** What is taken away by the choices made so far, and the least that the others will take. */
final class Ledger {
  private final Model model;
  private final long[] taken = new long[Resource.TAKEN.size()];
  private final int[] sharers;
  private final long[][] least;

  Ledger(Model model) {
    this.model = model;
    this.sharers = new int[model.keys()];
    this.least = new long[model.size() + 1][taken.length];
    for (int function = model.size() - 1; function >= 0; function--) {
      for (int resource = 0; resource < taken.length; resource++) {
        least[function][resource] = least[function + 1][resource] + leastOf(function, resource);
      }
    }
  }

  void take(int function, int choice) {
    int key = model.key(function, choice);
    if (key < 0 || sharers[key]++ == 0) {
      add(function, choice, 1);
    }
  }

  void giveBack(int function, int choice) {
    int key = model.key(function, choice);
    if (key < 0 || --sharers[key] == 0) {
      add(function, choice, -1);
    }
  }

  long[] taken() {
    return taken;
  }

  /**
   * How much is missing of all resources together at least, once functions up to one have chosen.
   */
  long missing(int function) {
    long missing = 0;
    for (int resource = 0; resource < taken.length; resource++) {
      long needed = taken[resource] + least[function + 1][resource];
      missing += Math.max(0, needed - model.free(resource));
    }
    return missing;
  }

  /** What several functions share may be there already. */
  private long leastOf(int function, int resource) {
    long least = Long.MAX_VALUE;
    for (int choice = 0; choice < model.choices(function); choice++) {
      boolean shared = model.key(function, choice) >= 0;
      least = Math.min(least, shared ? 0 : model.demand(function, choice, resource));
    }
    return least;
  }

  private void add(int function, int choice, int sign) {
    for (int resource = 0; resource < taken.length; resource++) {
      taken[resource] += sign * model.demand(function, choice, resource);
    }
  }
}
