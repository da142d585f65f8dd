package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.devices.Digest;

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
  private final Map<Integer, ByteBuffer> digests = new HashMap<>();
  private final Map<Integer, Integer> uses = new HashMap<>();

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

  /** A table with these rules is valid now; the same rule may be in several for a while. */
  synchronized void use(Collection<Integer> rules) {
    rules.forEach(number -> uses.merge(number, 1, Integer::sum));
  }

  /** A table is gone; rules that no other table has count no more. */
  synchronized void release(Collection<Integer> rules) {
    rules.forEach(number -> uses.computeIfPresent(number, (n, count) -> count - 1));
    discard(rules);
  }

  /** A table with these rules did not become valid. */
  synchronized void discard(Collection<Integer> rules) {
    Set<Integer> gone = new HashSet<>(rules);
    gone.removeIf(number -> number == 0 || uses.getOrDefault(number, 0) > 0);
    if (!gone.isEmpty()) {
      gone.forEach(this::forget);
      uses.keySet().removeAll(gone);
    }
  }

  /** Forgets those of an earlier process that no table has. */
  synchronized void discardUnused() {
    discard(List.copyOf(digests.keySet()));
  }

  private void forget(int number) {
    ByteBuffer digest = digests.remove(number);
    if (digest != null) {
      plane.ruleCounters.remove(digest);
      numbers.remove(digest);
      used.clear(number);
    }
  }

  private void remember(ByteBuffer digest, int number) {
    numbers.put(digest, number);
    digests.put(number, digest);
    used.set(number);
  }

  private ByteBuffer digest(LsiId lsi, String rule) {
    byte[] digest = Digest.of(lsi.number() + "/" + rule, DIGEST_BYTES);
    return plane.ruleCounters.key().put(digest).clear();
  }
}
