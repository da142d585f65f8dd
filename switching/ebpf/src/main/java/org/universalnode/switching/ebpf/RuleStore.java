package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.universalnode.linux.BpfMap;
import org.universalnode.switching.ebpf.RuleWriter.Written;

/**
 * Rules of one in-port in the kernel, which the generations of its table share: a change writes
 * what differs. Matches that no rule has any more stay until the whole store goes, because a walk
 * may be looking at them.
 */
final class RuleStore {
  static final int NARROW_KEY_BYTES = 8 + TupleSpace.NARROW * Long.BYTES;
  static final int WIDE_KEY_BYTES = 8 + HeaderImage.BYTES;

  /** Unused matches that are not worth a new store. */
  private static final int FEW = 8;

  private final DataPlane plane;
  private final int number;
  private final Map<Place, Lives> held = new HashMap<>();
  private int settled;

  /** Whether the kernel has what {@code held} says, and nothing of a change that failed. */
  private boolean sound = true;

  /** Where the rules of a match are. */
  private record Place(BpfMap map, ByteBuffer key) {}

  /** Another rule for a match, or none. */
  private record Step(TupleSpace.Tuple tuple, HeaderImage value, Optional<TupleSpace.Entry> rule) {}

  /**
   * Begins empty.
   *
   * @param number never used before on this node
   */
  RuleStore(DataPlane plane, int number) {
    this.plane = plane;
    this.number = number;
  }

  int number() {
    return number;
  }

  /**
   * Makes the rules of one generation those of the next. On failure they stay as they are.
   *
   * @param generation from which on they count
   * @return how to undo it, as long as no walk is at that generation; nothing, and nothing written,
   *     if a match changes so often that walks may be looking at both its rules
   */
  synchronized Optional<Runnable> change(
      int generation, TupleSpace before, TupleSpace after, RuleWriter writer) {
    List<Step> steps = steps(before, after);
    if (!sound || !steps.stream().allMatch(this::isFree)) {
      return Optional.empty();
    }
    Map<Place, Lives> changed = new HashMap<>();
    Runnable undo = () -> restore(changed);
    sound = false;
    try {
      for (Step step : steps) {
        Place place = place(step);
        Lives now = at(place);
        changed.put(place, now.withoutThoseOver(settled));
        if (step.rule().isPresent()) {
          begin(place, writer.write(number, step.rule().get()), generation);
        } else {
          put(place, now.ended(generation));
        }
      }
      sound = true;
      return Optional.of(undo);
    } catch (RuntimeException e) {
      undo.run();
      throw e;
    }
  }

  /** No walk is at an older generation any more. */
  synchronized void settle(int generation) {
    settled = Integer.compareUnsigned(settled, generation) < 0 ? generation : settled;
  }

  /** Whether most of it serves no rule any more, if it serves these. */
  synchronized boolean isWornBy(TupleSpace rules) {
    int alive = rules.tuples().stream().mapToInt(tuple -> tuple.entries().size()).sum();
    return held.size() > 2 * alive + FEW;
  }

  /** Whether the kernel's entry, which has this store's number, is one that was written. */
  synchronized boolean has(BpfMap map, ByteBuffer key, ByteBuffer value) {
    Lives lives = held.get(new Place(map, key));
    return lives != null && content(lives.put(map.value())).equals(content(value));
  }

  /** How many entries the kernel should have. */
  synchronized int size() {
    return held.size();
  }

  /** Writes all of it once more, and removes what others wrote. */
  synchronized void rewrite() {
    for (BpfMap map : List.of(plane.rules, plane.wideRules)) {
      map.keys().stream()
          .filter(key -> key.getInt(0) == number && !held.containsKey(new Place(map, key)))
          .forEach(map::remove);
    }
    held.forEach(
        (place, lives) -> place.map().putInPlace(place.key(), lives.put(place.map().value())));
  }

  /** Without the lock, which is the kernel's. */
  private static ByteBuffer content(ByteBuffer value) {
    return value.slice(Lives.LOCK_BYTES, Lives.BYTES - Lives.LOCK_BYTES);
  }

  /** Removes it, when no walk can look at it any more. */
  synchronized void remove() {
    held.forEach(
        (place, lives) -> {
          place.map().remove(place.key());
          lives.both().forEach(life -> forget(life.rule()));
        });
    held.clear();
  }

  private static List<Step> steps(TupleSpace before, TupleSpace after) {
    List<Step> steps = new ArrayList<>();
    Map<Integer, TupleSpace.Tuple> old = byId(before);
    for (TupleSpace.Tuple tuple : after.tuples()) {
      Map<HeaderImage, TupleSpace.Entry> were = entries(old.get(tuple.id()));
      tuple
          .entries()
          .forEach(
              (value, entry) -> {
                if (!entry.equals(were.get(value))) {
                  steps.add(new Step(tuple, value, Optional.of(entry)));
                }
              });
    }
    Map<Integer, TupleSpace.Tuple> next = byId(after);
    for (TupleSpace.Tuple tuple : before.tuples()) {
      Map<HeaderImage, TupleSpace.Entry> are = entries(next.get(tuple.id()));
      tuple.entries().keySet().stream()
          .filter(value -> !are.containsKey(value))
          .forEach(value -> steps.add(new Step(tuple, value, Optional.empty())));
    }
    return steps;
  }

  private static Map<Integer, TupleSpace.Tuple> byId(TupleSpace space) {
    return space.tuples().stream()
        .collect(Collectors.toMap(TupleSpace.Tuple::id, Function.identity()));
  }

  private static Map<HeaderImage, TupleSpace.Entry> entries(TupleSpace.@Nullable Tuple tuple) {
    return tuple == null ? Map.of() : tuple.entries();
  }

  private void begin(Place place, Written rule, int generation) {
    try {
      Lives now = at(place);
      int index = now.free(settled).orElseThrow();
      Lives prepared = now.prepared(index, rule);
      if (held.containsKey(place)) {
        put(place, prepared); // no walk looks at it, so that it may be half written for a moment
      }
      put(place, prepared.begun(index, generation));
      forget(now.both().get(index).rule());
    } catch (RuntimeException e) {
      forget(rule);
      throw e;
    }
  }

  private void put(Place place, Lives lives) {
    place.map().putInPlace(place.key(), lives.put(place.map().value()));
    held.put(place, lives);
  }

  /** What was not there before stays, and serves no rule. */
  private synchronized void restore(Map<Place, Lives> before) {
    sound = false;
    before.forEach(
        (place, lives) -> {
          Lives now = held.get(place);
          if (now != null) {
            put(place, lives);
            now.rulesNotIn(lives).forEach(this::forget);
          }
        });
    sound = true;
  }

  private boolean isFree(Step step) {
    return step.rule().isEmpty() || at(place(step)).free(settled).isPresent();
  }

  private Lives at(Place place) {
    return held.getOrDefault(place, Lives.NONE);
  }

  private void forget(Written rule) {
    rule.program().ifPresent(plane.programs::remove);
  }

  private Place place(Step step) {
    TupleSpace.Tuple tuple = step.tuple();
    BpfMap map = tuple.isWide() ? plane.wideRules : plane.rules;
    ByteBuffer key = map.key().putInt(number).putInt(tuple.id());
    if (tuple.isWide()) {
      key.put(step.value().bytes());
    } else {
      tuple.mask().words().forEach(word -> key.put(step.value().word(word)));
    }
    return new Place(map, key.clear());
  }
}
