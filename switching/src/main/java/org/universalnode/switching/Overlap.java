package org.universalnode.switching;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;

/**
 * The rules of several owners at one in-port, which tells of other rules whether some frame matches
 * both. Rules that look at the same bits are of one kind; what is asked about a kind of rules that
 * looks at no more bits than the one asked about is answered by one look-up. Not thread-safe.
 */
public final class Overlap {
  private final Map<Map<HeaderField, Bits>, Kind> kinds = new HashMap<>();

  /** Rules that look at the same bits: by these bits, and then by owner. */
  private record Kind(Map<List<Bits>, Map<String, SteeringRule>> rules) {
    void remove(String owner, List<Bits> seen) {
      Map<String, SteeringRule> owners = rules.getOrDefault(seen, new HashMap<>());
      owners.remove(owner);
      if (owners.isEmpty()) {
        rules.remove(seen);
      }
    }
  }

  /** Adds rules of an owner, who has none here. */
  public void add(String owner, List<SteeringRule> rules) {
    for (SteeringRule rule : rules) {
      Map<HeaderField, Bits> mask = mask(rule.match());
      kinds
          .computeIfAbsent(mask, _ -> new Kind(new HashMap<>()))
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
        kinds.values().removeIf(each -> each.rules().isEmpty());
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
    rules.forEach(rule -> with(owner, rule).ifPresent(other -> found.put(rule.id(), other)));
    return found;
  }

  private Optional<SteeringRule> with(String owner, SteeringRule rule) {
    Map<HeaderField, Bits> mask = mask(rule.match());
    return kinds.entrySet().stream()
        .flatMap(kind -> ofKind(kind, rule, common(kind.getKey(), mask)).stream())
        .flatMap(owners -> owners.entrySet().stream())
        .filter(other -> !other.getKey().equals(owner))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Two matches overlap if they agree in all bits that both look at. */
  private static List<Map<String, SteeringRule>> ofKind(
      Map.Entry<Map<HeaderField, Bits>, Kind> kind,
      SteeringRule rule,
      Map<HeaderField, Bits> common) {
    List<Bits> seen = seen(rule, common);
    Map<List<Bits>, Map<String, SteeringRule>> rules = kind.getValue().rules();
    if (common.equals(kind.getKey())) {
      return Optional.ofNullable(rules.get(seen)).stream().toList();
    }
    return rules.values().stream()
        .filter(owners -> seen(owners.values().iterator().next(), common).equals(seen))
        .toList();
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
