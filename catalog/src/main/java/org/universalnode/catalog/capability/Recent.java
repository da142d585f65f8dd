package org.universalnode.catalog.capability;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Answers that are costly to find, kept for a while. Safe for many threads, and bounded. */
final class Recent<K, V> {
  private static final int MOST = 4_096;

  private record Answer<V>(V value, long since) {}

  private final Map<K, Answer<V>> answers = new ConcurrentHashMap<>();
  private final long age;

  Recent(Duration age) {
    this.age = age.toNanos();
  }

  V get(K question, Function<K, V> find) {
    long now = System.nanoTime();
    Answer<V> known = answers.get(question);
    if (known != null && now - known.since() < age) {
      return known.value();
    }
    if (answers.size() >= MOST) {
      answers.clear();
    }
    V found = find.apply(question);
    answers.put(question, new Answer<>(found, now));
    return found;
  }
}
