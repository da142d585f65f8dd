package org.universalnode.bench.forwarding;

import java.time.Duration;
import java.util.function.Supplier;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.traffic.Generator;
import org.universalnode.bench.traffic.Rate;
import org.universalnode.bench.traffic.TcpStream;

/** Kinds of traffic whose rate is measured. */
public enum Traffic {
  /** One TCP stream at an MTU of 1,500 with all offloads: what functions on one machine see. */
  TCP("tcp", "Gb/s", "Gb"),
  /** The same without TSO, GSO and GRO at the hosts: packets as a physical port has them. */
  TCP_OF_SINGLE_PACKETS("tcp mtu-sized", "Gb/s", "Gb"),
  /** UDP packets in frames of 60 bytes. */
  SMALL_PACKETS("60-byte", "pkt/s", "pkts");

  private static final Duration TCP_TIME = Duration.ofSeconds(2);
  static final Duration PACKET_TIME = Duration.ofSeconds(1);

  private final String word;
  private final String unit;
  private final String amount;

  Traffic(String word, String unit, String amount) {
    this.word = word;
    this.unit = unit;
    this.amount = amount;
  }

  /** In the names of figures. */
  String word() {
    return word;
  }

  String unit() {
    return unit;
  }

  /** Unit of what goes through in a second of a core. */
  String amount() {
    return amount;
  }

  /** What sends it once and measures. */
  Supplier<Rate> between(Lab lab, Generator generator, Ends ends) {
    return switch (this) {
      case TCP -> tcp(lab, ends);
      case TCP_OF_SINGLE_PACKETS -> {
        generator.makePlain(ends.from());
        generator.makePlain(ends.to());
        yield tcp(lab, ends);
      }
      case SMALL_PACKETS -> () -> generator.blast(ends, PACKET_TIME).rate();
    };
  }

  private static Supplier<Rate> tcp(Lab lab, Ends ends) {
    TcpStream stream = TcpStream.between(lab, ends);
    return () -> stream.send(TCP_TIME);
  }
}
