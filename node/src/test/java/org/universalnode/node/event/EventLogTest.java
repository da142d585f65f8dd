package org.universalnode.node.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.universalnode.node.event.EventLog.Event;

class EventLogTest {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final EventLog log = new EventLog();

  @Test
  void eventsComeInOrderWithNumbersThatGrowByOne() {
    long before = log.newest();
    try (EventFollower follower = log.follow(before)) {
      publish(300);
      List<Event> events = all(follower);
      assertThat(events).hasSize(300);
      assertThat(numbers(events)).isEqualTo(range(before + 1, before + 300));
      assertThat(events.get(7).what()).isEqualTo(drift(7));
      assertThat(follower.next(AT_ONCE)).isEmpty();
    }
  }

  @Test
  void whoFollowsFromAnEventOnGetsWhatCameAfterIt() {
    publish(10);
    try (EventFollower follower = log.follow(log.newest() - 3)) {
      assertThat(all(follower))
          .extracting(Event::what)
          .containsExactly(drift(7), drift(8), drift(9));
    }
  }

  @Test
  void whatIsWrittenOverIsMissingAtTheBeginningOnly() {
    long first = log.newest() + 1;
    publish(EventLog.KEPT + 5);
    try (EventFollower follower = log.follow(first)) {
      List<Event> events = all(follower);
      assertThat(numbers(events)).isEqualTo(range(first + 5, first + EventLog.KEPT + 4));
    }
  }

  @Test
  void aNumberThatWasNeverGivenMeansAllThatIsKept() {
    publish(3);
    for (long unknown : new long[] {0, log.newest() + 1, Long.MAX_VALUE, -1}) {
      try (EventFollower follower = log.follow(unknown)) {
        assertThat(all(follower)).as("after %d", unknown).hasSize(3);
      }
    }
  }

  @Test
  void numbersOfALaterLogAreGreater() throws InterruptedException {
    publish(3);
    Thread.sleep(1);
    assertThat(new EventLog().newest()).isGreaterThan(log.newest());
    assertThat(log.newest()).isLessThan(1L << 53);
  }

  @Test
  void whoWaitsIsWokenByAnEventByANudgeAndByTheEnd() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Runnable waking : List.<Runnable>of(() -> publish(1), log::close)) {
        CountDownLatch follows = new CountDownLatch(1);
        Future<List<Event>> found =
            threads.submit(
                () -> {
                  try (EventFollower follower = log.follow(log.newest())) {
                    follows.countDown();
                    return follower.next(LONG);
                  }
                });
        follows.await();
        waking.run();
        assertThat(found.get()).hasSizeLessThan(2);
      }
    }
    try (EventFollower follower = new EventLog().follow(0)) {
      follower.nudge();
      assertThat(follower.next(LONG)).isEmpty();
      assertThat(follower.hasEnded()).isFalse();
    }
  }

  @Test
  void nothingIsLostOrTwiceWhenManyPublishAndManyFollow() throws Exception {
    int publishers = 4;
    long each = 200; // all together fewer than the log keeps
    long before = log.newest();
    List<Future<List<Event>>> followers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        followers.add(threads.submit(() -> read(before, publishers * each)));
      }
      for (int i = 0; i < publishers; i++) {
        threads.execute(() -> publish((int) each));
      }
      for (Future<List<Event>> follower : followers) {
        assertThat(numbers(follower.get()))
            .isEqualTo(range(before + 1, before + publishers * each));
      }
    }
  }

  @Test
  void textsAreCutToABound() {
    String endless = "x".repeat(1 << 20);
    NodeEvent.FunctionState state = new NodeEvent.FunctionState("g", "f", "failed", endless);
    assertThat(state.reason()).hasSize(1_000).endsWith("x...");
  }

  private List<Event> read(long after, long count) {
    List<Event> events = new ArrayList<>();
    try (EventFollower follower = log.follow(after)) {
      while (events.size() < count) {
        events.addAll(follower.next(LONG));
      }
    }
    return events;
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      log.publish(drift(i));
    }
  }

  private static List<Event> all(EventFollower follower) {
    List<Event> all = new ArrayList<>();
    List<Event> some = follower.next(AT_ONCE);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = follower.next(AT_ONCE);
    }
    return all;
  }

  private static NodeEvent drift(int number) {
    return new NodeEvent.Drift("g", "part " + number, number);
  }

  private static List<Long> numbers(List<Event> events) {
    return events.stream().map(Event::number).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
