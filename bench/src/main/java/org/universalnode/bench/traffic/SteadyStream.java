package org.universalnode.bench.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.bench.lab.Ends;

/**
 * A packet each millisecond from one host to the other, whether or not it arrives: the longest time
 * between two that did tells for how long there was no way.
 */
public final class SteadyStream implements AutoCloseable {
  private static final int PORT = 7_100;
  private static final long PAUSE_NANOS = 1_000_000;
  private static final Duration SILENCE = Duration.ofMillis(100);
  private static final Duration START = Duration.ofSeconds(10);

  private final DatagramChannel out;
  private final DatagramChannel in;
  private final InetSocketAddress to;
  private volatile boolean ended;
  private volatile long first;
  private volatile long last;
  private volatile long longest;

  private SteadyStream(Ends ends) {
    this.to = new InetSocketAddress(ends.to().address(), PORT);
    this.out = ends.from().namespace().call(DatagramChannel::open);
    this.in = ends.to().namespace().call(DatagramChannel::open);
  }

  /** Begins; returns when the first packet has arrived. */
  public static SteadyStream between(Ends ends) {
    SteadyStream stream = begun(ends);
    try {
      stream.awaitPacket();
    } catch (RuntimeException e) {
      stream.close();
      throw e;
    }
    return stream;
  }

  /** Begins, whether or not there is a way. */
  public static SteadyStream begun(Ends ends) {
    SteadyStream stream = new SteadyStream(ends);
    try {
      stream.in.bind(stream.to);
    } catch (IOException e) {
      stream.close();
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(stream::receive);
    Thread.ofPlatform().daemon().start(stream::send);
    return stream;
  }

  /** When the first packet arrived, as {@link System#nanoTime} has it; waits for it. */
  public long first() {
    if (first == 0) {
      awaitPacket();
    }
    return first;
  }

  /** Returns when the next packet has arrived, which has to be soon. */
  public void awaitPacket() {
    long before = last;
    long giveUp = System.nanoTime() + START.toNanos();
    while (last == before) {
      if (System.nanoTime() > giveUp) {
        throw new IllegalStateException("nothing arrives at " + to);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Up to now. */
  public Duration longestSilence() {
    return Duration.ofNanos(Math.max(longest, System.nanoTime() - last));
  }

  @Override
  public void close() {
    ended = true;
    try (out;
        in) {
      LockSupport.parkNanos(PAUSE_NANOS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send() {
    long next = System.nanoTime();
    while (!ended) {
      try {
        out.send(ByteBuffer.allocate(8), to);
      } catch (IOException e) {
        LockSupport.parkNanos(PAUSE_NANOS); // there is no way, or it was closed
      }
      next += PAUSE_NANOS;
      LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
    }
  }

  private void receive() {
    try {
      in.socket().setSoTimeout((int) SILENCE.toMillis());
      DatagramPacket packet = new DatagramPacket(new byte[8], 8);
      while (!ended) {
        receive(packet);
      }
    } catch (IOException e) {
      ended = true; // closed
    }
  }

  private void receive(DatagramPacket packet) throws IOException {
    try {
      in.socket().receive(packet);
      long now = System.nanoTime();
      first = last == 0 ? now : first;
      longest = last == 0 ? 0 : Math.max(longest, now - last);
      last = now;
    } catch (SocketTimeoutException e) {
      // nothing came; the next packet tells for how long
    }
  }
}
