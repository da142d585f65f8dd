package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has a loop do something a while later, once for all that ask meanwhile (timerfd_create(2)). */
final class Alarm {
  private static final int CLOCK_MONOTONIC = 1;
  private static final int CLOEXEC = 0x80000;

  /** Two times: that between later alarms, of which there are none, and that until the first. */
  private static final int TIMES_BYTES = 32;

  private static final int FIRST_SECONDS_AT = 16;
  private static final int FIRST_NANOS_AT = 24;

  private final FileDescriptor timer;
  private final Duration pause;
  private final AtomicBoolean set = new AtomicBoolean();

  private Alarm(FileDescriptor timer, Duration pause) {
    this.timer = timer;
    this.pause = pause;
  }

  /**
   * Not set yet; there as long as the loop is.
   *
   * @param pause from the first that asks until the work begins; above zero
   */
  static Alarm in(EventLoop loop, Duration pause, Runnable work) {
    FileDescriptor timer =
        new FileDescriptor(
            Kernel.call(SystemCall.TIMERFD_CREATE, "an alarm", CLOCK_MONOTONIC, CLOEXEC));
    Alarm alarm = new Alarm(timer, pause);
    loop.readable(
        timer,
        () -> {
          alarm.quiet();
          work.run();
        });
    return alarm;
  }

  /** Asks for the work; on the loop's thread. */
  void set() {
    if (!set.compareAndSet(false, true)) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment times = arena.allocate(TIMES_BYTES, 8);
      times.set(ValueLayout.JAVA_LONG, FIRST_SECONDS_AT, pause.toSeconds());
      times.set(ValueLayout.JAVA_LONG, FIRST_NANOS_AT, pause.toNanosPart());
      Kernel.call(
          SystemCall.TIMERFD_SETTIME, "set an alarm", timer.number(), 0, times.address(), 0);
    }
  }

  private void quiet() {
    set.set(false);
    try (Arena arena = Arena.ofConfined()) {
      long count = arena.allocate(Long.BYTES, 8).address();
      Kernel.attempt(SystemCall.READ, timer.number(), count, Long.BYTES);
    }
  }
}
