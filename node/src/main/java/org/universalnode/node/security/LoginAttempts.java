package org.universalnode.node.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts logins that failed, by address and by name. Each may fail some times in a row, and then as
 * often as time passes; so a name can be tried less often than its password can be guessed, and
 * nobody is locked out for good. Thread-safe.
 */
final class LoginAttempts {
  private static final int MOST_KEYS = 4_096;

  private final LongSupplier nanos;
  private final Map<String, Long> fullAgain = new LinkedHashMap<>(16, 0.75f, true);

  /** What of somebody's attempts is counted together, and how many are allowed. */
  enum Kind {
    ADDRESS(20, Duration.ofSeconds(3)),
    NAME(50, Duration.ofSeconds(6));

    private final long whole;
    private final long each;

    Kind(int atOnce, Duration pause) {
      this.whole = atOnce * pause.toNanos();
      this.each = pause.toNanos();
    }
  }

  LoginAttempts(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** How long to wait until another attempt; zero if it may be made now. */
  synchronized Duration pause(Kind kind, String value) {
    long now = nanos.getAsLong();
    long left = Math.max(0, fullAgain.getOrDefault(key(kind, value), now) - now);
    return Duration.ofNanos(Math.max(0, left + kind.each - kind.whole));
  }

  synchronized void failed(Kind kind, String value) {
    String key = key(kind, value);
    long now = nanos.getAsLong();
    long left = Math.max(0, fullAgain.getOrDefault(key, now) - now);
    fullAgain.put(key, now + left + kind.each);
    if (fullAgain.size() > MOST_KEYS) {
      fullAgain.remove(fullAgain.keySet().iterator().next());
    }
  }

  private static String key(Kind kind, String value) {
    return kind + " " + value;
  }
}
