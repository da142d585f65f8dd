package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What many ask for is done once, a moment later. */
class AlarmTest {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final EventLoop loop = EventLoop.start("test of alarms");
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void end() {
    loop.close();
  }

  @Test
  void whoeverAsksBeforeItBeginsIsServedByOneWork() {
    Alarm alarm = Alarm.in(loop, PAUSE, done::incrementAndGet);
    long begin = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      alarm.set();
    }
    await().until(() -> done.get() > 0);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(PAUSE);
    await().pollDelay(PAUSE.multipliedBy(2)).untilAsserted(() -> assertThat(done).hasValue(1));
  }

  @Test
  void whoeverAsksAfterwardsIsServedAgain() {
    Alarm alarm = Alarm.in(loop, PAUSE, done::incrementAndGet);
    alarm.set();
    await().until(() -> done.get() == 1);
    alarm.set();
    await().until(() -> done.get() == 2);
  }
}
