package org.universalnode.bench.vpn;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.traffic.SteadyStream;
import org.universalnode.bench.traffic.TcpStream;

/** One implementation at its site, which is started, loaded with traffic and stopped. */
final class Contestant {
  private static final Duration SENDING = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final double MEGA_OF_GIGA = 1_000;
  private static final double PERCENT = 100;

  private final Lab lab;
  private final Place place;
  private final Client client;
  private final Census engine;

  /**
   * At a place.
   *
   * @param engine processes that run all functions of its kind
   */
  Contestant(Lab lab, Place place, Client client, Census engine) {
    this.lab = lab;
    this.place = place;
    this.client = client;
    this.engine = engine;
  }

  /** Where it is. */
  record Place(Site site, Gateway gateway) {}

  /** One round: started and loaded with each cipher; the start is that with the paper's. */
  Reading round() {
    Map<Cipher, Reading.Transfer> transfers = new EnumMap<>(Cipher.class);
    Round first = round(Cipher.CBC);
    transfers.put(Cipher.CBC, first.transfer());
    transfers.put(Cipher.GCM, round(Cipher.GCM).transfer());
    return new Reading(first.start(), first.memory(), transfers);
  }

  private record Round(Reading.Start start, Reading.Memory memory, Reading.Transfer transfer) {}

  private Round round(Cipher cipher) {
    Census before = Census.now();
    try {
      Reading.Start start = start(cipher);
      Census function = Census.now().without(before);
      Reading.Memory memory = new Reading.Memory(function.megabytes(), engine.megabytes());
      return new Round(start, memory, transfer(function));
    } finally {
      client.stop();
    }
  }

  private Reading.Start start(Cipher cipher) {
    Ends ends = place.site().ends();
    try (SteadyStream knocking = SteadyStream.begun(ends)) {
      Instant begin = Instant.now();
      long nanos = System.nanoTime();
      double done = client.start(cipher);
      double packet = (knocking.first() - nanos) / 1e6;
      double tunnel = Duration.between(begin, tunnelSince(begin)).toNanos() / 1e6;
      return new Reading.Start(done, tunnel, packet);
    }
  }

  /** The gateway tells it by whole milliseconds. */
  private Instant tunnelSince(Instant begin) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < giveUp) {
      Optional<Instant> tunnel = place.gateway().tunnelSince(begin.minusMillis(1));
      if (tunnel.isPresent()) {
        return tunnel.get();
      }
      Interrupted.check();
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw new IllegalStateException("the gateway tells of no tunnel");
  }

  private Reading.Transfer transfer(Census function) {
    try (TcpStream streams = TcpStream.between(lab, place.site().ends())) {
      double busy = function.busySeconds();
      long begin = System.nanoTime();
      double up = streams.two(SENDING, false).perSecond();
      double load = (function.busySeconds() - busy) * 1e9 / (System.nanoTime() - begin);
      double down = streams.two(SENDING, true).perSecond();
      return new Reading.Transfer(up * MEGA_OF_GIGA, down * MEGA_OF_GIGA, load * PERCENT);
    }
  }
}
