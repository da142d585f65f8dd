package org.universalnode.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.linux.Link;
import org.universalnode.linux.PacketSocket;
import org.universalnode.linux.RouteSocket;
import org.universalnode.testbed.Host;

/**
 * Numbered datagrams from one host to another, so many a millisecond, until it is closed. Each
 * arrival is seen by a packet socket with room for seconds, so that a busy machine loses none on
 * its behalf; whatever was sent and not seen is lost.
 */
final class NumberedStream implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration STRAGGLERS = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final int ETHERNET = 14;
  private static final int TOS_AT = ETHERNET + 1;
  private static final int PROTOCOL_AT = ETHERNET + 9;
  private static final int UDP = 17;
  private static final int ENOUGH = 5;

  private final DatagramChannel out;
  private final DatagramChannel listening;
  private final PacketSocket in;
  private final InetSocketAddress to;
  private final int perPause;
  private final Thread sender = Thread.ofPlatform().daemon().unstarted(this::send);
  private final Thread receiver = Thread.ofPlatform().daemon().unstarted(this::receive);
  private final BitSet seen = new BitSet();
  private final Set<Integer> marks = new TreeSet<>();
  private final Map<Integer, Long> all = new TreeMap<>();
  private volatile boolean stopped;
  private volatile boolean done;
  private final AtomicLong sent = new AtomicLong();
  private long duplicated;
  private long since;
  private int sinceArrived;

  /** What became of some packets in a row. */
  record Count(long sent, long lost) {}

  private NumberedStream(Host from, Host at, InetSocketAddress to, int perPause) {
    this.to = to;
    this.perPause = perPause;
    out = from.udp(0);
    listening = at.udp(to.getPort()); // else the host would say that nobody listens
    in = at.namespace().call(PacketSocket::open);
  }

  /** Begins. The sender knows its neighbour's hardware address, so that nothing has to be asked. */
  static NumberedStream between(Host from, Host at, InetSocketAddress to, int perMillisecond) {
    know(from, at, to.getHostString());
    NumberedStream stream = new NumberedStream(from, at, to, perMillisecond);
    stream.receiver.start();
    stream.sender.start();
    return stream;
  }

  /** Types of service of packets that are sent from now on; none if they don't arrive. */
  Set<Integer> path() {
    return path(PATIENCE);
  }

  private Set<Integer> path(Duration patience) {
    synchronized (this) {
      since = sent.get();
      sinceArrived = 0;
      marks.clear();
    }
    long giveUp = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() - giveUp < 0) {
      synchronized (this) {
        if (sinceArrived >= ENOUGH) {
          break;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    synchronized (this) {
      return Set.copyOf(marks);
    }
  }

  /** Number of a packet that has just arrived; from there on one may count. */
  long begin() {
    if (path(STRAGGLERS).isEmpty()) {
      throw new IllegalStateException("nothing arrives at " + to);
    }
    synchronized (this) {
      return seen.nextSetBit(Math.toIntExact(since));
    }
  }

  /** Number of the packet that is sent next. */
  long next() {
    return sent.get();
  }

  /** Of those from one number to before another; waits for what is under way. */
  Count count(long from, long next) {
    long giveUp = System.nanoTime() + STRAGGLERS.toNanos();
    while (lost(from, next) > 0 && System.nanoTime() - giveUp < 0) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return new Count(next - from, lost(from, next));
  }

  /** How many arrived that had arrived already. */
  synchronized long duplicated() {
    return duplicated;
  }

  /** How many of all arrived with that type of service. */
  synchronized long marked(int mark) {
    return all.getOrDefault(mark, 0L);
  }

  @Override
  public void close() {
    stopped = true;
    join(sender);
    done = true;
    join(receiver);
    in.close();
    try {
      out.close();
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized long lost(long from, long next) {
    return next - from - seen.get(Math.toIntExact(from), Math.toIntExact(next)).cardinality();
  }

  private void send() {
    long next = System.nanoTime();
    ByteBuffer text = ByteBuffer.allocate(Long.BYTES);
    while (!stopped) {
      for (int i = 0; i < perPause; i++) {
        try {
          out.send(text.clear().putLong(sent.get()).flip(), to);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        sent.incrementAndGet();
      }
      next += PAUSE.toNanos();
      LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
    }
  }

  private void receive() {
    while (!done) {
      in.receive(Duration.ofMillis(20)).ifPresent(received -> look(received.frame()));
    }
  }

  private void look(ByteBuffer frame) {
    if (frame.limit() < ETHERNET + 28 || frame.getShort(12) != 0x0800) {
      return;
    }
    int udp = ETHERNET + (frame.get(ETHERNET) & 0xf) * Integer.BYTES;
    boolean ours =
        frame.get(PROTOCOL_AT) == UDP
            && frame.limit() >= udp + 16
            && Short.toUnsignedInt(frame.getShort(udp + 2)) == to.getPort();
    if (ours) {
      count(frame.getLong(udp + 8), Byte.toUnsignedInt(frame.get(TOS_AT)));
    }
  }

  private synchronized void count(long number, int mark) {
    int at = Math.toIntExact(number);
    duplicated += seen.get(at) ? 1 : 0;
    seen.set(at);
    all.merge(mark, 1L, Long::sum);
    if (number >= since) {
      marks.add(mark);
      sinceArrived++;
    }
  }

  private static void know(Host from, Host at, String address) {
    try (RouteSocket there = at.namespace().routeSocket()) {
      String mac = there.link("eth0").map(Link::mac).orElseThrow();
      String namespace = from.namespace().name();
      Lab.run(
          "/sbin/ip",
          "-n",
          namespace,
          "neigh",
          "replace",
          address,
          "lladdr",
          mac,
          "dev",
          "eth0",
          "nud",
          "permanent");
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
