package org.universalnode.switching.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

/**
 * Sends frames, of which no two are equal, by one wire for as long as it is open, and takes in all.
 */
final class Stream implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(2);
  private static final Duration LATE = Duration.ofMillis(300);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);
  private static final int FIRST_PORT = 1024;
  private static final int PORTS = 60_000;

  private final Wires wires;
  private final Wire from;
  private final List<Frame> sent = new ArrayList<>();
  private final Map<Wire, Set<Frame>> received = new ConcurrentHashMap<>();
  private final Thread sender;
  private final Thread receiver;
  private int probes;
  private volatile boolean sending = true;
  private volatile boolean receiving = true;

  Stream(Wires wires, Wire from) {
    this.wires = wires;
    this.from = from;
    this.receiver = Thread.ofPlatform().start(this::receive);
    this.sender = Thread.ofPlatform().start(this::send);
  }

  /** How many of the frames that were sent did not come out there; none is sent any more. */
  int lostOnTheWayTo(Wire to) {
    sending = false;
    join(sender);
    LockSupport.parkNanos(LATE.toNanos());
    Set<Frame> there = received.getOrDefault(to, Set.of());
    return (int) sent.stream().filter(frame -> !there.contains(frame)).count();
  }

  int sent() {
    return sent.size();
  }

  /** Sends other frames until one comes out there; whether one does in time. */
  boolean passes(Wire in, Wire out, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < end) {
      Frame probe = numbered("10.1.0.1", ++probes);
      wires.send(in, probe);
      long next = System.nanoTime() + 10 * BETWEEN.toNanos();
      while (System.nanoTime() < next) {
        if (received.getOrDefault(out, Set.of()).contains(probe)) {
          return true;
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    }
    return false;
  }

  private void send() {
    while (sending && sent.size() < PORTS) {
      Frame frame = numbered("10.0.0.1", sent.size());
      sent.add(frame);
      wires.send(from, frame);
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  private static Frame numbered(String source, int number) {
    int port = FIRST_PORT + number % PORTS;
    return PacketText.parse("udp " + source + ":" + port + " -> 10.0.0.2:6");
  }

  private void receive() {
    while (receiving) {
      wires
          .receive(LATE)
          .ifPresent(
              got ->
                  received
                      .computeIfAbsent(got.wire(), _ -> ConcurrentHashMap.newKeySet())
                      .add(got.frame()));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    sending = false;
    join(sender);
    receiving = false;
    join(receiver);
  }
}
