package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.universalnode.switching.LsiId;

/**
 * Gives each rule of an LSI a counter that it keeps when its table is replaced, also by a later
 * process of the node. Counter 0 is nobody's; rules beyond the room for counters share it.
 */
final class RuleCounters {
  private static final int MOST = 65536;
  private static final int DIGEST_BYTES = 16;

  private final DataPlane plane;
  private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
  private final BitSet used = new BitSet();

  RuleCounters(DataPlane plane) {
    this.plane = plane;
    used.set(0);
    for (ByteBuffer key : plane.ruleCounters.keys()) {
      plane.ruleCounters.get(key).ifPresent(value -> remember(key, value.getInt(0)));
    }
  }

  synchronized int of(LsiId lsi, String rule) {
    ByteBuffer digest = digest(lsi, rule);
    Integer known = numbers.get(digest);
    if (known != null) {
      return known;
    }
    int number = used.nextClearBit(1);
    if (number >= MOST) {
      return 0;
    }
    plane.counters.put(plane.counters.key().putInt(number), plane.counters.value());
    plane.ruleCounters.put(digest, plane.ruleCounters.value().putInt(number));
    remember(digest, number);
    return number;
  }

  /** Rules that are gone count no more; those whose counter is in {@code kept} are not gone. */
  synchronized void release(Map<String, Integer> rules, Set<Integer> kept) {
    Set<Integer> gone = new java.util.HashSet<>(rules.values());
    gone.removeAll(kept);
    numbers
        .entrySet()
        .removeIf(
            entry -> {
              boolean remove = gone.contains(entry.getValue());
              if (remove) {
                plane.ruleCounters.remove(entry.getKey());
                used.clear(entry.getValue());
              }
              return remove;
            });
  }

  private void remember(ByteBuffer digest, int number) {
    numbers.put(digest, number);
    used.set(number);
  }

  private ByteBuffer digest(LsiId lsi, String rule) {
    byte[] digest = Digest.of(lsi.number() + "/" + rule, DIGEST_BYTES);
    return plane.ruleCounters.key().put(digest).clear();
  }
}
