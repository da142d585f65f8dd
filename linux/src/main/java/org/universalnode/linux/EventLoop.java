package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Waits for many events of the kernel on one thread, until closed (epoll(7)). Whoever is told is
 * told on that thread and must not keep it.
 */
public final class EventLoop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());
  private static final int EPOLLIN = 1;
  private static final int EPOLLPRI = 2;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int CLOEXEC = 0x80000;
  private static final int FOREVER = -1;
  private static final int MOST_AT_ONCE = 64;

  /** The structure is packed on amd64 alone. */
  private static final int EVENT_BYTES = SystemCall.onArm() ? 16 : 12;

  private static final int DATA_AT = SystemCall.onArm() ? 8 : 4;
  private static final ValueLayout.OfLong DATA = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final long STOP = 0;

  /** Something that is waited for; closing it is allowed on every thread. */
  public interface Registration extends AutoCloseable {
    /** Nothing is begun to be told afterwards. */
    @Override
    void close();
  }

  private record Source(FileDescriptor descriptor, Runnable ready) {}

  private final FileDescriptor epoll;
  private final FileDescriptor wake;
  private final Map<Long, Source> sources = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong(STOP);

  /** Closed by the loop, which may be about to use them: a number must not change its meaning. */
  private final Queue<FileDescriptor> retired = new ConcurrentLinkedQueue<>();

  private final Thread thread;
  private volatile boolean stopped;

  private EventLoop(String name) {
    this.epoll = new FileDescriptor(Kernel.call(SystemCall.EPOLL_CREATE1, name, CLOEXEC));
    this.wake = new FileDescriptor(Kernel.call(SystemCall.EVENTFD2, name, 0, CLOEXEC));
    control(EPOLL_CTL_ADD, wake, EPOLLIN, STOP);
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** A loop whose thread has that name. */
  public static EventLoop start(String name) {
    EventLoop loop = new EventLoop(name);
    loop.thread.start();
    return loop;
  }

  /** Returns when nothing is told any more; not to be called by who is told. */
  @Override
  public void close() {
    stopped = true;
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Calls {@code ready} whenever there is something to read; the descriptor is the loop's now. */
  Registration readable(FileDescriptor descriptor, Runnable ready) {
    return add(descriptor, EPOLLIN, ready);
  }

  /** As the other, for what is out of the ordinary (EPOLLPRI). */
  Registration exceptional(FileDescriptor descriptor, Runnable ready) {
    return add(descriptor, EPOLLPRI, ready);
  }

  private Registration add(FileDescriptor descriptor, int events, Runnable ready) {
    long token = last.incrementAndGet();
    sources.put(token, new Source(descriptor, ready));
    try {
      control(EPOLL_CTL_ADD, descriptor, events, token);
    } catch (KernelException e) {
      sources.remove(token);
      descriptor.close();
      throw e;
    }
    return () -> remove(token);
  }

  private void remove(long token) {
    Source source = sources.remove(token);
    if (source != null) {
      retired.add(source.descriptor());
      wake();
    }
  }

  private void run() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate((long) EVENT_BYTES * MOST_AT_ONCE, 8);
      while (!stopped) {
        long ready =
            Kernel.attempt(
                SystemCall.EPOLL_PWAIT,
                epoll.number(),
                events.address(),
                MOST_AT_ONCE,
                FOREVER,
                0,
                Long.BYTES);
        for (long i = 0; i < ready && !stopped; i++) {
          deliver(events.get(DATA, i * EVENT_BYTES + DATA_AT));
        }
        closeRetired();
      }
    } finally {
      sources.values().forEach(source -> source.descriptor().close());
      closeRetired();
      wake.close();
      epoll.close();
    }
  }

  /** What can't be dealt with would be ready for ever: it is let go of, and that is said. */
  private void deliver(long token) {
    if (token == STOP) {
      drain();
      return;
    }
    Source source = sources.get(token);
    try {
      if (source != null) {
        source.ready().run();
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, thread.getName() + ": something is lost sight of", e);
      remove(token);
    }
  }

  private void closeRetired() {
    for (FileDescriptor next = retired.poll(); next != null; next = retired.poll()) {
      Kernel.attempt(SystemCall.EPOLL_CTL, epoll.number(), EPOLL_CTL_DEL, next.number(), 0);
      next.close();
    }
  }

  private void control(int operation, FileDescriptor descriptor, int events, long token) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT_BYTES, 8);
      event.set(ValueLayout.JAVA_INT, 0, events);
      event.set(DATA, DATA_AT, token);
      Kernel.call(
          SystemCall.EPOLL_CTL,
          "wait for events",
          epoll.number(),
          operation,
          descriptor.number(),
          event.address());
    }
  }

  /** Fails only when the loop has ended, and then there is nobody to wake. */
  private void wake() {
    try (Arena arena = Arena.ofConfined()) {
      long one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L).address();
      Kernel.attempt(SystemCall.WRITE, wake.number(), one, Long.BYTES);
    } catch (IllegalStateException e) {
      retired.forEach(FileDescriptor::close); // the loop has ended
    }
  }

  private void drain() {
    try (Arena arena = Arena.ofConfined()) {
      long count = arena.allocate(Long.BYTES, 8).address();
      Kernel.attempt(SystemCall.READ, wake.number(), count, Long.BYTES);
    }
  }
}
