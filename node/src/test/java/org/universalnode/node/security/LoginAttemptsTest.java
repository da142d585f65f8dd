package org.universalnode.node.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.universalnode.node.security.LoginAttempts.Kind;

class LoginAttemptsTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // the clock turns over
  private final LoginAttempts attempts = new LoginAttempts(now::get);

  @Test
  void someMayFailInARowThenOneEachPause() {
    for (int i = 0; i < 20; i++) {
      assertThat(attempts.pause(Kind.ADDRESS, "a")).as("attempt %d", i).isZero();
      attempts.failed(Kind.ADDRESS, "a");
    }
    assertThat(attempts.pause(Kind.ADDRESS, "a")).isEqualTo(Duration.ofSeconds(3));
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(attempts.pause(Kind.ADDRESS, "a")).isZero();
    attempts.failed(Kind.ADDRESS, "a");
    assertThat(attempts.pause(Kind.ADDRESS, "a")).isPositive();
  }

  @Test
  void othersAreNotHeldUp() {
    for (int i = 0; i < 50; i++) {
      attempts.failed(Kind.ADDRESS, "a");
    }
    assertThat(attempts.pause(Kind.ADDRESS, "b")).isZero();
    assertThat(attempts.pause(Kind.NAME, "a")).isZero();
  }

  @Test
  void whoWaitsLongStartsAnew() {
    for (int i = 0; i < 20; i++) {
      attempts.failed(Kind.ADDRESS, "a");
    }
    now.addAndGet(Duration.ofHours(1).toNanos());
    for (int i = 0; i < 19; i++) {
      attempts.failed(Kind.ADDRESS, "a");
    }
    assertThat(attempts.pause(Kind.ADDRESS, "a")).isZero();
  }

  @Test
  void manyAddressesTakeNoMoreRoomThanSome() {
    for (int i = 0; i < 20; i++) {
      attempts.failed(Kind.ADDRESS, "first");
    }
    for (int i = 0; i < 5_000; i++) {
      attempts.failed(Kind.ADDRESS, "address " + i);
    }
    assertThat(attempts.pause(Kind.ADDRESS, "first")).as("was forgotten").isZero();
  }
}
