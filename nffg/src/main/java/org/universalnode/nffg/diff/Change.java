package org.universalnode.nffg.diff;

import java.util.Set;

/**
 * One element that both graphs have, under the same id and not the same.
 *
 * @param aspects in which it differs, at least one
 */
public record Change<T>(T before, T after, Set<Aspect> aspects) {

  public Change {
    if (aspects.isEmpty()) {
      throw new IllegalArgumentException("a change without difference");
    }
    aspects = Set.copyOf(aspects);
  }
}
