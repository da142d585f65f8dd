package org.universalnode.nffg.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How the elements of one kind differ.
 *
 * @param added in the order of the new graph
 * @param removed in the order of the old graph
 * @param changed in the order of the new graph
 */
public record Changes<T>(List<T> added, List<T> removed, List<Change<T>> changed) {

  public Changes {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
  }

  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }

  /** Whether nothing but notes differs. */
  public boolean isCosmetic() {
    return added.isEmpty()
        && removed.isEmpty()
        && changed.stream().allMatch(change -> change.aspects().equals(Set.of(Aspect.NOTES)));
  }

  /** Matches the elements of two lists by their ids; {@code aspects} is empty for equal ones. */
  static <T> Changes<T> between(
      List<T> before,
      List<T> after,
      Function<T, String> id,
      BiFunction<T, T, Stream<Aspect>> aspects) {
    Map<String, T> old = new LinkedHashMap<>();
    before.forEach(element -> old.put(id.apply(element), element));
    List<T> added = new ArrayList<>();
    List<Change<T>> changed = new ArrayList<>();
    for (T element : after) {
      T was = old.remove(id.apply(element));
      if (was == null) {
        added.add(element);
      } else if (!was.equals(element)) {
        Set<Aspect> found = Set.copyOf(aspects.apply(was, element).toList());
        changed.add(new Change<>(was, element, found.isEmpty() ? Set.of(Aspect.NOTES) : found));
      }
    }
    return new Changes<>(added, List.copyOf(old.values()), changed);
  }
}
