package org.universalnode.switching.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one in-port.
 *
 * @param <P> what names a port
 */
final class RuleTable<P> {
  private final List<Entry<P>> entries;

  private record Entry<P>(MatchWords match, Optional<Rule<P>> rule) {}

  RuleTable(List<Rule<P>> rules) {
    List<Entry<P>> sorted = new ArrayList<>();
    rules.stream()
        .sorted(Rule.DECIDING_ORDER)
        .forEach(rule -> sorted.add(new Entry<>(MatchWords.of(rule.match()), Optional.of(rule))));
    entries = List.copyOf(sorted);
  }

  /** The rule that decides about a frame with these headers. */
  Optional<Rule<P>> decide(Headers headers) {
    long[] words = headers.words();
    for (Entry<P> entry : entries) {
      if (entry.match().matches(words)) {
        return entry.rule();
      }
    }
    return Optional.empty();
  }
}
