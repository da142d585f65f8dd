package org.universalnode.switching;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;

/**
 * Finds rules of two sets that some frame of one in-port matches both. Works by pairs of kinds of
 * match, not of rules, so that large sets of few kinds take no long time.
 */
public final class Overlap {

  private Overlap() {}

  /**
   * For rules of {@code some}, by id, one rule of {@code others} that a frame may match too.
   *
   * @param some rules of one in-port
   * @param others rules of the same in-port
   */
  public static Map<String, SteeringRule> between(
      List<SteeringRule> some, List<SteeringRule> others) {
    Map<String, SteeringRule> found = new HashMap<>();
    Map<Map<HeaderField, Bits>, List<SteeringRule>> kinds = byKind(others);
    byKind(some)
        .forEach(
            (kind, rules) ->
                kinds.forEach((other, theirs) -> join(common(kind, other), rules, theirs, found)));
    return found;
  }

  /** Two matches overlap if they agree in all bits that both look at. */
  private static void join(
      Map<HeaderField, Bits> common,
      List<SteeringRule> some,
      List<SteeringRule> others,
      Map<String, SteeringRule> found) {
    Map<List<Bits>, SteeringRule> seen = new HashMap<>();
    others.forEach(rule -> seen.putIfAbsent(seen(rule, common), rule));
    some.forEach(
        rule ->
            Optional.ofNullable(seen.get(seen(rule, common)))
                .ifPresent(other -> found.putIfAbsent(rule.id(), other)));
  }

  private static List<Bits> seen(SteeringRule rule, Map<HeaderField, Bits> common) {
    List<Bits> values = new ArrayList<>();
    common.forEach(
        (field, mask) ->
            rule.match().get(field).ifPresent(match -> values.add(match.value().and(mask))));
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

  private static Map<Map<HeaderField, Bits>, List<SteeringRule>> byKind(List<SteeringRule> rules) {
    Map<Map<HeaderField, Bits>, List<SteeringRule>> kinds = new HashMap<>();
    rules.forEach(
        rule -> kinds.computeIfAbsent(kind(rule.match()), kind -> new ArrayList<>()).add(rule));
    return kinds;
  }

  private static Map<HeaderField, Bits> kind(MatchFields match) {
    Map<HeaderField, Bits> masks = new EnumMap<>(HeaderField.class);
    for (Map.Entry<HeaderField, FieldMatch> field : match.fields().entrySet()) {
      masks.put(field.getKey(), field.getValue().mask());
    }
    return masks;
  }
}
