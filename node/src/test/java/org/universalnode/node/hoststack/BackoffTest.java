package org.universalnode.node.hoststack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff();

  @Test
  void whatFailsAgainAndAgainIsTriedAtLongerIntervalsUpToAMinute() {
    List<Long> delays = new ArrayList<>();
    long now = Long.MAX_VALUE - 5; // nanoTime may overflow
    for (int i = 0; i < 9; i++) {
      backoff.started(now);
      backoff.ended(now);
      delays.add(delay(now));
    }
    assertThat(delays).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void whatRanForLongIsStartedSoon() {
    for (int i = 0; i < 5; i++) {
      backoff.started(0);
      backoff.ended(0);
    }
    backoff.started(0);
    long later = Duration.ofSeconds(61).toNanos();
    backoff.ended(later);
    assertThat(delay(later)).isEqualTo(1);
  }

  private long delay(long from) {
    long seconds = 0;
    while (!backoff.isDue(from + Duration.ofSeconds(seconds).toNanos())) {
      seconds++;
    }
    return seconds;
  }
}
