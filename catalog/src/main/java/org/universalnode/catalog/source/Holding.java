package org.universalnode.catalog.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.catalog.fetch.Validators;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * What a source gave.
 *
 * @param validators of its list, which was asked for as a whole
 * @param problems with what is therefore not among the items
 */
record Holding(Validators validators, List<Item> items, List<Problem> problems) {
  static final Holding NOTHING = new Holding(Validators.NONE, List.of(), List.of());
  static final int MOST_ITEMS = 1_000;
  static final int MOST_BYTES = 16 << 20;

  /**
   * Takes what is within the limits.
   *
   * @throws org.universalnode.problem.ProblemException LIMIT if it is not
   */
  Holding {
    items = List.copyOf(items);
    problems = List.copyOf(problems);
    long bytes = items.stream().mapToLong(item -> item.text().length()).sum();
    if (items.size() > MOST_ITEMS || bytes > MOST_BYTES) {
      throw Problem.of(
              Code.LIMIT, "it has " + items.size() + " templates of " + bytes + " characters")
          .next("at most " + MOST_ITEMS + " with " + MOST_BYTES + " are taken")
          .asException();
    }
  }

  Optional<Item> withDigest(String digest) {
    return items.stream().filter(item -> item.digest().equals(digest)).findFirst();
  }

  /** With some that were asked for one by one, in the place of those with the same ids. */
  Holding with(List<Item> fresh) {
    List<String> ids = fresh.stream().map(Item::id).toList();
    List<Item> all = new ArrayList<>(fresh);
    items.stream().filter(item -> !ids.contains(item.id())).forEach(all::add);
    return new Holding(validators, all.stream().distinct().limit(MOST_ITEMS).toList(), problems);
  }
}
