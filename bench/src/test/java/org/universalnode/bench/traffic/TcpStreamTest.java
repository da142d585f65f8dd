package org.universalnode.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.bench.lab.Lab;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class TcpStreamTest {
  @Test
  void aStreamHasARateAndCanBeStopped() {
    try (Lab lab = Lab.open(Path.of("."))) {
      TcpStream stream = TcpStream.between(lab, lab.direct());
      Rate rate = stream.send(Duration.ofSeconds(1));
      assertThat(rate.perSecond()).isPositive();
      assertThat(rate.perBusySecond()).isPositive();
      TcpStream.Going going = stream.start();
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      assertThat(going.stop()).isNotNegative();
    }
  }
}
