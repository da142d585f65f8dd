package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;

/**
 * Which of the rules of a graph decides: finds pairs of equal match and priority, of which nobody
 * can tell, and rules that never decide because one of higher priority matches all their frames.
 * That several rules together do so is not found.
 */
final class RuleOrder {
  /** So that a graph of many different kinds of match does not take long to read. */
  private static final int MOST_LOOKS = 300_000;

  private final Map<PortRef, Map<List<FieldMask>, Map<MatchFields, Entry>>> byPort =
      new LinkedHashMap<>();
  private final Map<Decision, String> decided = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private int looks;

  /** Two rules that agree in it leave open which one decides. */
  private record Decision(int priority, PortRef portIn, MatchFields match) {}

  /** One of the fields that a kind of match looks at. */
  private record FieldMask(HeaderField field, Bits mask) {}

  private record Entry(FlowRule rule, MatchFields match, JsonFields place) {
    Entry higher(Entry other) {
      return rule.priority() >= other.rule.priority() ? this : other;
    }
  }

  /** {@code match} is the rule's, with its prerequisites. */
  void add(FlowRule rule, MatchFields match, JsonFields place) {
    Decision decision = new Decision(rule.priority(), rule.match().portIn(), match);
    String other = decided.putIfAbsent(decision, rule.id());
    if (other != null) {
      place.problem(
          "priority",
          "rule " + rule.id() + " has the match and the priority of rule " + other,
          "change the priority of one of them");
    }
    Entry entry = new Entry(rule, match, place);
    entries.add(entry);
    kinds(entry)
        .computeIfAbsent(masks(match), kind -> new HashMap<>())
        .merge(match, entry, Entry::higher);
  }

  void warnOfUnreachable() {
    for (Entry entry : entries) {
      if (looks >= MOST_LOOKS) {
        return;
      }
      hiding(entry)
          .ifPresent(
              other ->
                  entry.place.warning(
                      "priority",
                      String.format(
                          "rule %s never decides: rule %s has the higher priority %d and matches"
                              + " all its frames",
                          entry.rule.id(), other.rule.id(), other.rule.priority()),
                      "remove it or raise its priority"));
    }
  }

  /** Looks, for every kind of match that asks for no more than this one, whether there is one. */
  private Optional<Entry> hiding(Entry entry) {
    List<Entry> higher = new ArrayList<>();
    kinds(entry)
        .forEach(
            (masks, rules) -> {
              if (looks++ < MOST_LOOKS) {
                seenThrough(masks, entry.match).map(rules::get).ifPresent(higher::add);
              }
            });
    return higher.stream()
        .filter(other -> other.rule.priority() > entry.rule.priority())
        .max(Comparator.comparingInt(other -> other.rule.priority()));
  }

  private Map<List<FieldMask>, Map<MatchFields, Entry>> kinds(Entry entry) {
    return byPort.computeIfAbsent(entry.rule.match().portIn(), port -> new LinkedHashMap<>());
  }

  private static List<FieldMask> masks(MatchFields match) {
    return match.fields().entrySet().stream()
        .map(field -> new FieldMask(field.getKey(), field.getValue().mask()))
        .toList();
  }

  /** The match of that kind which covers this one; empty if none can. */
  private static Optional<MatchFields> seenThrough(List<FieldMask> masks, MatchFields match) {
    Map<HeaderField, FieldMatch> seen = new HashMap<>();
    for (FieldMask part : masks) {
      Optional<FieldMatch> field = match.get(part.field).filter(f -> f.mask().contains(part.mask));
      if (field.isEmpty()) {
        return Optional.empty();
      }
      seen.put(part.field, new FieldMatch(field.get().value(), part.mask));
    }
    return Optional.of(new MatchFields(seen));
  }
}
