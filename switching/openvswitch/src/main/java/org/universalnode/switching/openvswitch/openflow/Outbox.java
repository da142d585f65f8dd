package org.universalnode.switching.openvswitch.openflow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes on their way to a switch: whoever has much to say waits while {@link #MOST} bytes are
 * waiting.
 */
final class Outbox {
  static final int MOST = 256 * 1024;

  /** Answers to what the switch asks don't wait; one that asks this much without reading is ill. */
  private static final int MOST_ANSWERS = MOST + 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ByteBuffer> queue = new ArrayDeque<>();
  private long waiting;
  private boolean closed;

  /** False if the connection is closed. */
  boolean put(ByteBuffer bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && waiting > MOST) {
        changed.await();
      }
      return add(bytes);
    } finally {
      lock.unlock();
    }
  }

  /** Does not wait; false if the connection is closed or the switch does not read. */
  boolean offer(ByteBuffer bytes) {
    lock.lock();
    try {
      return waiting <= MOST_ANSWERS && add(bytes);
    } finally {
      lock.unlock();
    }
  }

  private boolean add(ByteBuffer bytes) {
    if (closed) {
      return false;
    }
    queue.add(bytes);
    waiting += bytes.remaining();
    changed.signalAll();
    return true;
  }

  /** Writes until closed. */
  void drain(GatheringByteChannel channel) throws IOException, InterruptedException {
    while (true) {
      ByteBuffer[] next = take();
      if (next.length == 0) {
        return;
      }
      ByteBuffer last = next[next.length - 1];
      while (last.hasRemaining()) {
        written(channel.write(next));
      }
    }
  }

  /** All that is there, at least one; none if closed. */
  private ByteBuffer[] take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && queue.isEmpty()) {
        changed.await();
      }
      ByteBuffer[] all = closed ? new ByteBuffer[0] : queue.toArray(new ByteBuffer[0]);
      queue.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all is written, or nothing will be any more, but no longer than that. */
  void awaitWritten(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && waiting > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void written(long bytes) {
    lock.lock();
    try {
      waiting -= bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
