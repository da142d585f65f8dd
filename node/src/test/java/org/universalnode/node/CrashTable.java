package org.universalnode.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Outcomes of interrupted operations, a line for each kind. Safe for many threads. */
final class CrashTable {
  private static final String LINE = "%-24s %6s %7s %10s %7s %9s %16s%n";

  private final SortedMap<String, List<CrashOutcome>> all = new TreeMap<>();
  private final SortedMap<String, Long> twice = new TreeMap<>();

  synchronized void add(String kind, CrashOutcome outcome) {
    all.computeIfAbsent(kind, _ -> new ArrayList<>()).add(outcome);
  }

  /** Packets of untouched flows that came more than once count as duplicates. */
  synchronized void addDuplicatedPackets(String kind, long packets) {
    twice.merge(kind, packets, Long::sum);
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            LINE,
            "operation",
            "points",
            "leaked",
            "duplicates",
            "broken",
            "restarted",
            "lost packets"));
    all.forEach((kind, outcomes) -> text.append(line(kind, outcomes)));
    return text.toString();
  }

  private String line(String kind, List<CrashOutcome> outcomes) {
    long sent = sum(outcomes, outcome -> outcome.traffic().sent());
    String lost = sum(outcomes, outcome -> outcome.traffic().lost()) + " of " + sent;
    return String.format(
        Locale.ROOT,
        LINE,
        kind,
        outcomes.size(),
        sum(outcomes, outcome -> outcome.leaked().size()),
        sum(outcomes, CrashOutcome::duplicates) + twice.getOrDefault(kind, 0L),
        sum(outcomes, outcome -> outcome.broken().isEmpty() ? 0 : 1),
        sum(outcomes, outcome -> outcome.restarted().size()),
        sent == 0 ? "-" : lost);
  }

  private static long sum(List<CrashOutcome> outcomes, ToLongFunction<CrashOutcome> number) {
    return outcomes.stream().mapToLong(number).sum();
  }
}
