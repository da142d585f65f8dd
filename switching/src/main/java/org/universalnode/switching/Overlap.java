package org.universalnode.switching;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;

/**
 * The rules of several owners at one in-port, which tells of other rules whether some frame matches
 * both. Works by pairs of kinds of match, not of rules, so that large sets of few kinds take no
 * long time; about kinds that look at no more bits than what is asked for, one look-up says all.
 * Not thread-safe.
 */
public final class Overlap {
  private final Map<Map<HeaderField, Bits>, Kind> kinds = new HashMap<>();

  /** Rules that look at the same bits: by these bits, and then by owner. */
  private record Kind(
      Map<HeaderField, Bits> mask, Map<List<Bits>, Map<String, SteeringRule>> rules) {
    static Kind of(Map<HeaderField, Bits> mask) {
      return new Kind(mask, new HashMap<>());
    }

    /** Finds a rule of another owner by those of its bits that others look at too. */
    Function<List<Bits>, Optional<SteeringRule>> ofOthers(
        String owner, Map<HeaderField, Bits> common) {
      if (common.equals(mask)) {
        return seen -> ofAnother(owner, rules.getOrDefault(seen, Map.of()));
      }
      Map<List<Bits>, SteeringRule> bySeen = new HashMap<>();
      rules
          .values()
          .forEach(
              owners ->
                  ofAnother(owner, owners)
                      .ifPresent(rule -> bySeen.putIfAbsent(seen(rule, common), rule)));
      return seen -> Optional.ofNullable(bySeen.get(seen));
    }

    void remove(String owner, List<Bits> seen) {
      Map<String, SteeringRule> owners = rules.getOrDefault(seen, new HashMap<>());
      owners.remove(owner);
      if (owners.isEmpty()) {
        rules.remove(seen);
      }
    }

    private static Optional<SteeringRule> ofAnother(
        String owner, Map<String, SteeringRule> owners) {
      return owners.entrySet().stream()
          .filter(other -> !other.getKey().equals(owner))
          .map(Map.Entry::getValue)
          .findFirst();
    }
  }

  /** Adds rules of an owner, who has none here. */
  public void add(String owner, List<SteeringRule> rules) {
    for (SteeringRule rule : rules) {
      Map<HeaderField, Bits> mask = mask(rule.match());
      kinds
          .computeIfAbsent(mask, Kind::of)
          .rules()
          .computeIfAbsent(seen(rule, mask), _ -> new LinkedHashMap<>())
          .putIfAbsent(owner, rule);
    }
  }

  /** Removes the rules that were added for an owner. */
  public void remove(String owner, List<SteeringRule> rules) {
    for (SteeringRule rule : rules) {
      Map<HeaderField, Bits> mask = mask(rule.match());
      Kind kind = kinds.get(mask);
      if (kind != null) {
        kind.remove(owner, seen(rule, mask));
        if (kind.rules().isEmpty()) {
          kinds.remove(mask);
        }
      }
    }
  }

  public boolean isEmpty() {
    return kinds.isEmpty();
  }

  /**
   * For rules of an owner, by id, one rule of another owner that a frame may match too.
   *
   * @param rules of the same in-port
   */
  public Map<String, SteeringRule> with(String owner, List<SteeringRule> rules) {
    Map<String, SteeringRule> found = new HashMap<>();
    Map<Map<HeaderField, Bits>, List<SteeringRule>> asked = new HashMap<>();
    rules.forEach(
        rule -> asked.computeIfAbsent(mask(rule.match()), _ -> new ArrayList<>()).add(rule));
    asked.forEach(
        (mask, some) -> kinds.values().forEach(kind -> found.putAll(met(owner, kind, mask, some))));
    return found;
  }

  /** Two matches overlap if they agree in all bits that both look at. */
  private static Map<String, SteeringRule> met(
      String owner, Kind kind, Map<HeaderField, Bits> mask, List<SteeringRule> rules) {
    Map<HeaderField, Bits> common = common(mask, kind.mask());
    Function<List<Bits>, Optional<SteeringRule>> others = kind.ofOthers(owner, common);
    Map<String, SteeringRule> met = new HashMap<>();
    rules.forEach(rule -> others.apply(seen(rule, common)).ifPresent(it -> met.put(rule.id(), it)));
    return met;
  }

  private static List<Bits> seen(SteeringRule rule, Map<HeaderField, Bits> mask) {
    List<Bits> values = new ArrayList<>();
    mask.forEach(
        (field, bits) ->
            rule.match().get(field).ifPresent(match -> values.add(match.value().and(bits))));
    return values;
  }

  private static Map<HeaderField, Bits> common(
      Map<HeaderField, Bits> one, Map<HeaderField, Bits> other) {
    Map<HeaderField, Bits> both = new EnumMap<>(HeaderField.class);
    one.forEach(
        (field, mask) ->
            Optional.ofNullable(other.get(field)).ifPresent(m -> both.put(field, mask.and(m))));
    return both;
  }

  private static Map<HeaderField, Bits> mask(MatchFields match) {
    Map<HeaderField, Bits> masks = new EnumMap<>(HeaderField.class);
    for (Map.Entry<HeaderField, FieldMatch> field : match.fields().entrySet()) {
      masks.put(field.getKey(), field.getValue().mask());
    }
    return masks;
  }
}
