package org.universalnode.bench.traffic;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.Lab;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class GeneratorTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private Lab lab;
  private Generator generator;

  @BeforeEach
  void open() {
    lab = Lab.open(Path.of("."));
    generator = Generator.in(lab);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void nothingIsLostOnACableOrABridge() {
    for (Ends ends : new Ends[] {lab.direct(), lab.bridged()}) {
      PacketCount count = generator.blast(ends, SHORT);
      assertThat(count.sent()).isPositive();
      assertThat(count.lost() + count.duplicated() + count.reordered()).isZero();
      assertThat(count.rate().perSecond()).isPositive();
    }
  }

  @Test
  void packetsWithoutMarksAreCountedAsMixed() {
    Generator.Stream stream = generator.marked(lab.direct());
    LockSupport.parkNanos(SHORT.toNanos());
    PacketCount count = stream.stop();
    assertThat(count.mixed()).isPositive().isEqualTo(count.sent());
  }

  @Test
  void packetsOutOfOrderAndTwiceAreCounted() throws IOException {
    Ends ends = lab.direct();
    Generator.Stream stream = generator.marked(ends);
    LockSupport.parkNanos(SHORT.toNanos());
    for (int twice = 0; twice < 2; twice++) {
      send(ends, 1 << 29, stream.pid());
    }
    LockSupport.parkNanos(SHORT.toNanos());
    PacketCount count = stream.stop();
    assertThat(count.duplicated()).isEqualTo(1);
    assertThat(count.reordered()).isPositive().isLessThan(count.sent());
  }

  @Test
  void aRoundTripTakesTime() {
    RoundTrip trip = generator.pingPong(lab.direct(), SHORT);
    assertThat(trip.median()).isPositive().isLessThanOrEqualTo(trip.p99());
  }

  /** A packet of the stream that its sender does not know of. */
  private static void send(Ends ends, long number, int run) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(18).order(LITTLE_ENDIAN);
    payload.putLong(number).putInt(run).clear();
    try (DatagramChannel channel = ends.from().namespace().call(DatagramChannel::open)) {
      channel.send(
          payload, new InetSocketAddress(InetAddress.ofLiteral(ends.to().address()), 7_000));
    }
  }
}
